package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;

/**
 * A matrix in eight bits, as {@code quantize} in {@code kernel.py} rounds it: a scale for each output, and no two neighbours of one
 * sign beyond 128 together, so that products are the same on processors without VNNI.
 *
 * @param values (inputs, outputs) in int8
 * @param scales (outputs)
 */
record Int8Matrix(NDArray values, NDArray scales) {

    private static final int MOST = 127;
    private static final float LEAST_SCALE = 0x1p-23f;

    /** @param weight (outputs, inputs), with an even number of inputs */
    static Int8Matrix of(NDArray weight) {
        long outputs = weight.getShape().get(0);
        NDArray pairs = weight.reshape(outputs, -1, 2).sum(new int[] {2}).abs().max(new int[] {1}); // (outputs)
        NDArray largest = weight.abs().max(new int[] {1}).maximum(pairs); // (outputs)
        NDArray scales = largest.div(MOST).maximum(LEAST_SCALE); // (outputs)
        NDArray rounded = weight.div(scales.reshape(outputs, 1)).round().toType(DataType.INT8, false);
        return new Int8Matrix(rounded.transpose(), scales);
    }

    /**
     * The product with x (1, …, inputs), rounded to eight bits with one scale for all its numbers, which are those of an image.
     */
    String times(String x, String name, Graph graph) {
        Graph.Quantized image = graph.quantized(x);
        String sums = graph.call("MatMulInteger", List.of(image.values(), graph.weight(name, values), image.zero()));
        String scale = graph.multiply(image.scale(), graph.weight(name + ".scales", scales)); // (outputs)
        return graph.multiply(graph.decimals(sums), scale);
    }
}
