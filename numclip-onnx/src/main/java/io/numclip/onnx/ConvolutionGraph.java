package io.numclip.onnx;

import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipWeights;
import java.util.List;

/** The small convolutional network, as {@code SmallNetwork} computes it. */
record ConvolutionGraph(ClipConfig.Vision vision, Weights weights) {

    /** (N, D) of pixels (N, 3, H, W). */
    String features(String pixels) {
        Graph graph = weights.graph();
        String x = pixels;
        for (int i = 0; i < vision.layers(); i++) {
            String name = ClipWeights.CONVOLUTION + i;
            String sums = graph.call(
                    "Conv",
                    List.of(x, weights.get(name + ".weight")),
                    Attribute.integers("strides", 2, 2),
                    Attribute.integers("pads", 1, 1, 1, 1)); // (N, C, H/2, W/2)
            String last = graph.transpose(sums, 0, 2, 3, 1); // (N, H/2, W/2, C)
            String normed = weights.norm(last, name + ".norm", vision.layerNormEps());
            x = graph.transpose(TowerGraph.gelu(graph, normed), 0, 3, 1, 2); // (N, C, H/2, W/2)
        }
        String places = graph.reshape(x, 0, vision.hiddenSize(), -1); // (N, C, H'·W')
        return graph.join(1, overPlaces("ReduceMean", places), overPlaces("ReduceMax", places)); // (N, 2·C)
    }

    private String overPlaces(String operation, String places) {
        return weights.graph()
                .call(operation, List.of(places), Attribute.integers("axes", 2), Attribute.integer("keepdims", 0));
    }
}
