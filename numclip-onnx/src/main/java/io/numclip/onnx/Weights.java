package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Arrays by name, as weights of a graph. */
record Weights(Graph graph, Map<String, NDArray> arrays) {

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
        return graph.add(times(x, name + ".weight"), get(name + ".bias"));
    }

    String norm(String x, String name, double epsilon) {
        return graph.call(
                "LayerNormalization",
                List.of(x, get(name + ".weight"), get(name + ".bias")),
                Attribute.integer("axis", -1),
                Attribute.decimal("epsilon", epsilon));
    }
}
