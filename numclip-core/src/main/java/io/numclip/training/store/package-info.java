/** Where a training keeps what it has reached, so that it can go on. */
package io.numclip.training.store;
