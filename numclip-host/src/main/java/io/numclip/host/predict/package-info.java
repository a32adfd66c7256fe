/** From images to predictions: readers, a bounded queue, batches, and the threads that predict. */
@NullMarked
package io.numclip.host.predict;

import org.jspecify.annotations.NullMarked;
