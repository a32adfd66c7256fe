package io.numclip.onnx;

import io.numclip.data.Bins;
import io.numclip.head.Anchors;
import io.numclip.head.ExpectationHead;
import io.numclip.head.ExpertsHead;
import io.numclip.head.LikeliestHead;
import io.numclip.head.RidgeHead;
import io.numclip.head.SsrHead;
import io.numclip.model.Part;
import java.util.List;

/** The fine heads: the number (N) of logits (N, K) and features (N, D). What each computes stands in its class. */
final class FineHeads {

    private static final String HEAD = "fine_head.";

    private FineHeads() {}

    /** @param logits (N, K) */
    static HeadForms forms(String logits) {
        return new HeadForms("fine head")
                .with("ssr", SsrHead.class, (head, network) -> ssr(head.config(), logits, network))
                .with("expectation", ExpectationHead.class, (head, network) -> expectation(logits, network))
                .with("likeliest", LikeliestHead.class, (head, network) -> likeliest(logits, network))
                .with("experts", ExpertsHead.class, (head, network) -> experts(head.config(), logits, network))
                .with("ridge", RidgeHead.class, (head, network) -> ridge(network));
    }

    private static String ssr(SsrHead.Config config, String logits, Network network) {
        Graph graph = network.graph();
        float origin = (float) network.bins().get(0).lower();
        String shares = graph.softmax(logits); // (N, K)
        if (config.delta()) {
            shares = graph.multiply(shares, stretch(logits, network)); // (N, K)
        }
        return graph.add(graph.product(shares, distances(config, origin, network)), graph.number(origin)); // (N)
    }

    /** (K) from the origin to each anchor. */
    private static String distances(SsrHead.Config config, float origin, Network network) {
        Bins bins = network.bins();
        float[] distances = config.anchor().of(bins);
        float[] widths = Anchors.widths(bins);
        float[] shifts = config.anchor() == Anchors.LEARNABLE
                ? network.parameters(Part.FINE_HEAD)
                        .array(HEAD + "anchor.shift")
                        .toFloatArray()
                : new float[distances.length];
        for (int k = 0; k < distances.length; k++) {
            distances[k] = shifts[k] * widths[k] + (distances[k] - origin);
        }
        return anchors(distances, network);
    }

    private static String anchors(float[] anchors, Network network) {
        return network.graph().weight(HEAD + "anchors", anchors, anchors.length); // (K)
    }

    /** (1 + e^(−2x)) / 2, where e^t goes on as a straight line above the largest exponent. */
    private static String stretch(String logits, Network network) {
        Graph graph = network.graph();
        Weights weights = network.parameters(Part.FINE_HEAD);
        String hidden = graph.call("Relu", List.of(weights.dense(logits, HEAD + "hidden"))); // (N, 2K)
        String x = weights.dense(hidden, HEAD + "delta"); // (N, K)
        String t = graph.multiply(x, graph.number(-2)); // (N, K)
        String largest = graph.number(SsrHead.LARGEST_EXPONENT);
        String curve = graph.call("Exp", List.of(graph.call("Min", List.of(t, largest))));
        String beyond = graph.call("Max", List.of(t, largest));
        String line = graph.subtract(beyond, graph.number(SsrHead.LARGEST_EXPONENT - 1));
        String sum = graph.add(graph.multiply(curve, line), graph.number(1));
        return graph.divide(sum, graph.number(2)); // (N, K)
    }

    private static String expectation(String logits, Network network) {
        return network.graph()
                .product(network.graph().softmax(logits), anchors(Anchors.BIN.of(network.bins()), network));
    }

    private static String likeliest(String logits, Network network) {
        return likeliest(logits, anchors(Anchors.BIN.of(network.bins()), network), network.graph());
    }

    /**
     * @param scores (N, K)
     * @param numbers (K)
     * @return (N) the number with the largest score
     */
    static String likeliest(String scores, String numbers, Graph graph) {
        String index = graph.call(
                "ArgMax", List.of(scores), Attribute.integer("axis", 1), Attribute.integer("keepdims", 0)); // (N)
        return graph.call("Gather", List.of(numbers, index)); // (N)
    }

    private static String experts(ExpertsHead.Config config, String logits, Network network) {
        Graph graph = network.graph();
        float[] widths = Anchors.widths(network.bins());
        String experts = network.parameters(Part.FINE_HEAD).dense(network.scaledFeatures(), HEAD + "expert"); // (N, K)
        String moved = graph.multiply(experts, graph.weight(HEAD + "widths", widths, widths.length)); // (N, K)
        String values = graph.add(moved, anchors(config.anchor().of(network.bins()), network)); // (N, K)
        String shares = graph.softmax(logits); // (N, K)
        return graph.call(
                "ReduceSum",
                List.of(graph.multiply(shares, values), graph.integers(1)),
                Attribute.integer("keepdims", 0)); // (N)
    }

    private static String ridge(Network network) {
        Weights weights = network.parameters(Part.FINE_HEAD);
        String product = network.graph().product(network.features(), weights.get(HEAD + "weight")); // (N)
        return network.graph().add(product, weights.get(HEAD + "bias")); // (N)
    }
}
