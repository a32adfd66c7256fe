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
 * @param headFeatures (N, E), of length 1: what heads see of the images that compare with no text
 */
record Network(Graph graph, NumClipModel model, String features, String headFeatures) {

    /** The K classes of the heads. */
    Bins bins() {
        return model.bins();
    }

    /** Features times √E, as heads take them that read no text. */
    String scaledFeatures() {
        return graph.multiply(
                headFeatures, graph.number(Math.sqrt(model.imageTower().layout().headWidth())));
    }

    /** The parameters of a head, named as in a model directory. */
    Weights parameters(Part part) {
        Map<String, NDArray> arrays = new HashMap<>();
        model.parameters(part).forEach((name, parameter) -> arrays.put(name, parameter.getArray()));
        return new Weights(graph, arrays, false);
    }
}
