/** Optimizers and their learning rates. */
package io.numclip.training.optimizer;
