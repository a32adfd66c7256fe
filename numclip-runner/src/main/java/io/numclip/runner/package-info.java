/** The program. */
package io.numclip.runner;
