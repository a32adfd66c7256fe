/** Exported models in ONNX Runtime. Start with {@link io.numclip.runtime.OnnxModel}. */
@NullMarked
package io.numclip.runtime;

import org.jspecify.annotations.NullMarked;
