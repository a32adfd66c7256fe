/** A trained model as an ONNX file. Start with {@link io.numclip.onnx.OnnxExport}. */
@NullMarked
package io.numclip.onnx;

import org.jspecify.annotations.NullMarked;
