package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/**
 * Arrays by name, as weights of a graph.
 *
 * @param int8 whether the matrices of linear layers are rounded to eight bits
 */
record Weights(Graph graph, Map<String, NDArray> arrays, boolean int8) {

    /** The array as it is. */
    String get(String name) {
        return graph.weight(name, array(name));
    }

    NDArray array(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalStateException("no weight " + name);
        }
        return array;
    }

    /** x (…, inputs) times a matrix that is stored as (outputs, inputs). */
    String times(String x, String name) {
        return graph.product(x, graph.weight(name + ".transposed", array(name).transpose()));
    }

    /** A linear layer. */
    String dense(String x, String name) {
        String matrix = name + ".weight";
        String product = int8 ? Int8Matrix.of(array(matrix)).times(x, matrix, graph) : times(x, matrix);
        return graph.add(product, get(name + ".bias"));
    }

    /** The same weights, none of them rounded. */
    Weights exact() {
        return new Weights(graph, arrays, false);
    }

    String norm(String x, String name, double epsilon) {
        return graph.call(
                "LayerNormalization",
                List.of(x, get(name + ".weight"), get(name + ".bias")),
                Attribute.integer("axis", -1),
                Attribute.decimal("epsilon", epsilon));
    }
}
