/** Built-in ranking losses. */
package io.numclip.loss;
