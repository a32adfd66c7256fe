/** The training loop and what it needs. */
package io.numclip.training;
