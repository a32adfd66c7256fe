/** From the bytes of images to predictions: decoders, a bounded queue, batches, and the threads that predict. */
@NullMarked
package io.numclip.server.work;

import org.jspecify.annotations.NullMarked;
