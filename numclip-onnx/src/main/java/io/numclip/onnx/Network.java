package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import java.util.HashMap;
import java.util.Map;

/**
 * What the heads of a model are made of, in a graph.
 *
 * @param features (N, D), of length 1
 */
record Network(Graph graph, NumClipModel model, String features) {

    /** The K classes of the heads. */
    Bins bins() {
        return model.bins();
    }

    /** Features times √D, as heads take them that read no text. */
    String scaledFeatures() {
        return graph.multiply(
                features, graph.number(Math.sqrt(model.imageTower().embedDim())));
    }

    /** The parameters of a head, named as in a model directory. */
    Weights parameters(Part part) {
        Map<String, NDArray> arrays = new HashMap<>();
        model.parameters(part).forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        return new Weights(graph, arrays);
    }
}
