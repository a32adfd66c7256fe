package io.numclip.onnx;

import io.numclip.data.Bins;
import io.numclip.head.Anchors;
import io.numclip.head.ExpectationHead;
import io.numclip.head.ExpertsHead;
import io.numclip.head.LikeliestHead;
import io.numclip.head.MedianHead;
import io.numclip.head.RidgeHead;
import io.numclip.head.SsrHead;
import io.numclip.model.Part;
import java.util.List;

/** The fine heads: the number (N) of logits (N, K) and features (N, E). What each computes stands in its class. */
final class FineHeads {

    /**
     * What speaks for which numbers, as {@code FineHead.conceptNumbers} says it.
     *
     * @param weights (N, K)
     * @param numbers (N, K), (K) or (N, 1)
     */
    record Said(String weights, String numbers) {

        /** (N) */
        String mean(Graph graph) {
            return graph.call(
                    "ReduceSum",
                    List.of(graph.multiply(weights, numbers), graph.integers(1)),
                    Attribute.integer("keepdims", 0));
        }
    }

    private static final String HEAD = "fine_head.";

    private FineHeads() {}

    /** @param logits (N, K) */
    static HeadForms<Said> forms(String logits) {
        return new HeadForms<Said>("fine head")
                .with("ssr", SsrHead.class, (head, network) -> ssr(head.config(), logits, network))
                .with("expectation", ExpectationHead.class, (head, network) -> expectation(logits, network))
                .with("likeliest", LikeliestHead.class, (head, network) -> likeliest(logits, network))
                .with("median", MedianHead.class, (head, network) -> median(logits, network))
                .with("experts", ExpertsHead.class, (head, network) -> experts(head.config(), logits, network))
                .with("ridge", RidgeHead.class, (head, network) -> ridge(network));
    }

    private static Said ssr(SsrHead.Config config, String logits, Network network) {
        Graph graph = network.graph();
        float origin = (float) network.bins().get(0).lower();
        String distances = distances(config, origin, network); // (K)
        String moved = config.delta() ? graph.multiply(stretch(logits, network), distances) : distances;
        return new Said(graph.softmax(logits), graph.add(moved, graph.number(origin)));
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

    private static Said expectation(String logits, Network network) {
        return new Said(network.graph().softmax(logits), anchors(Anchors.BIN.of(network.bins()), network));
    }

    private static Said likeliest(String logits, Network network) {
        return alone(likeliest(logits, anchors(Anchors.BIN.of(network.bins()), network), network.graph()), network);
    }

    private static Said median(String logits, Network network) {
        Graph graph = network.graph();
        String sums = graph.call("CumSum", List.of(graph.softmax(logits), graph.integer(1))); // (N, K)
        String reached = graph.flags("GreaterOrEqual", sums, graph.number(0.5)); // (N, K); the first largest is taken
        return alone(likeliest(reached, anchors(Anchors.BIN.of(network.bins()), network), graph), network);
    }

    /** A number (N) without a word of where it comes from: all weight on the class that holds it. */
    private static Said alone(String value, Network network) {
        Graph graph = network.graph();
        int classes = network.bins().size();
        float[] edges = new float[classes - 1];
        float[] steps = new float[edges.length * classes];
        float[] first = new float[classes];
        first[0] = 1;
        for (int k = 0; k < edges.length; k++) {
            edges[k] = (float) network.bins().get(k + 1).lower();
            steps[k * classes + k] = -1;
            steps[k * classes + k + 1] = 1;
        }
        String column = graph.reshape(value, -1, 1); // (N, 1)
        String reached = graph.flags("GreaterOrEqual", column, graph.weight(HEAD + "edges", edges, edges.length));
        String moved = graph.product(reached, graph.weight(HEAD + "steps", steps, edges.length, classes)); // (N, K)
        return new Said(graph.add(moved, graph.weight(HEAD + "first", first, classes)), column);
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

    private static Said experts(ExpertsHead.Config config, String logits, Network network) {
        Graph graph = network.graph();
        float[] widths = Anchors.widths(network.bins());
        String experts = network.parameters(Part.FINE_HEAD).dense(network.scaledFeatures(), HEAD + "expert"); // (N, K)
        String moved = graph.multiply(experts, graph.weight(HEAD + "widths", widths, widths.length)); // (N, K)
        return new Said(
                graph.softmax(logits), graph.add(moved, anchors(config.anchor().of(network.bins()), network)));
    }

    private static Said ridge(Network network) {
        Weights weights = network.parameters(Part.FINE_HEAD);
        String product = network.graph().product(network.headFeatures(), weights.get(HEAD + "weight")); // (N)
        return alone(network.graph().add(product, weights.get(HEAD + "bias")), network);
    }
}
