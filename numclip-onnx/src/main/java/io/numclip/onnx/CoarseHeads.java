package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import io.numclip.head.CoralHead;
import io.numclip.head.CornHead;
import io.numclip.head.CumulativeLinkHead;
import io.numclip.head.CumulativeLinkHead.Link;
import io.numclip.head.ImageTextHead;
import io.numclip.head.KernelHead;
import io.numclip.head.LinearHead;
import io.numclip.head.MlpHead;
import io.numclip.head.NeighboursHead;
import io.numclip.head.Survival;
import io.numclip.head.TipAdapterHead;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import java.util.List;

/** The coarse heads: logits (N, K). What each computes stands in the class of its name. */
final class CoarseHeads {

    private static final String HEAD = "coarse_head";

    private CoarseHeads() {}

    static HeadForms<String> forms() {
        return new HeadForms<String>("coarse head")
                .with("image-text", ImageTextHead.class, (head, network) -> imageText(network))
                .with("linear", LinearHead.class, (head, network) -> linear(network.scaledFeatures(), "", network))
                .with("mlp", MlpHead.class, (head, network) -> mlp(network))
                .with("coral", CoralHead.class, (head, network) -> coral(network))
                .with("corn", CornHead.class, (head, network) -> corn(network))
                .with("tip-adapter", TipAdapterHead.class, (head, network) -> tipAdapter(network))
                .with("neighbours", NeighboursHead.class, CoarseHeads::neighbours)
                .with("kernel", KernelHead.class, (head, network) -> kernel(network))
                .with("cumulative-link", CumulativeLinkHead.class, CoarseHeads::cumulativeLink);
    }

    private static String imageText(Network network) {
        Graph graph = network.graph();
        NumClipModel model = network.model();
        String texts = graph.weight("prototypes.transposed", model.prototypes().transpose()); // (D, K)
        return graph.multiply(graph.product(network.features(), texts), graph.number(scale(model)));
    }

    private static double scale(NumClipModel model) {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            return model.logitScale(scope).getFloat();
        }
    }

    private static String tipAdapter(Network network) {
        Graph graph = network.graph();
        Weights weights = network.parameters(Part.COARSE_HEAD);
        String beta = weights.get(HEAD + ".beta"); // (1)
        String cosines = weights.times(network.features(), HEAD + ".keys"); // (N, S)
        String exponents = graph.subtract(graph.multiply(cosines, beta), beta); // (N, S)
        String bounded =
                graph.call("Clip", List.of(exponents, graph.number(TipAdapterHead.SMALLEST_EXPONENT), graph.number(0)));
        String cached = graph.product(graph.call("Exp", List.of(bounded)), weights.get(HEAD + ".values")); // (N, K)
        return graph.add(imageText(network), graph.multiply(cached, weights.get(HEAD + ".alpha"))); // (N, K)
    }

    /** TopK, too, takes the earlier one of equals. */
    private static String neighbours(NeighboursHead head, Network network) {
        Graph graph = network.graph();
        String keys = stored("keys", head, network); // (n, E)
        String values = stored("values", head, network); // (n, K)
        String distances = squaredDistances(keys, network); // (N, n)
        String nearest = graph.smallest(distances, head.neighbours()); // (N, k)
        String shares = graph.call(
                "ReduceMean",
                List.of(graph.call("Gather", List.of(values, nearest))), // (N, k, K)
                Attribute.integers("axes", 1),
                Attribute.integer("keepdims", 0)); // (N, K)
        String visible = graph.call("Max", List.of(shares, graph.number(NeighboursHead.SMALLEST_SHARE)));
        return graph.call("Log", List.of(visible));
    }

    private static String kernel(Network network) {
        Graph graph = network.graph();
        Weights weights = network.parameters(Part.COARSE_HEAD);
        String distances = squaredDistances(weights.get(HEAD + ".keys"), network); // (N, S)
        String exponents = negative(graph.multiply(distances, weights.get(HEAD + ".sharpness")), graph);
        String found = graph.product(graph.call("Exp", List.of(exponents)), weights.get(HEAD + ".weights")); // (N, K)
        String shares = sparsemax(graph.add(found, weights.get(HEAD + ".shares")), network); // (N, K)
        return graph.call("Log", List.of(graph.call("Max", List.of(shares, graph.number(KernelHead.SMALLEST_SHARE)))));
    }

    /** As {@code io.numclip.head.Sparsemax}. */
    private static String sparsemax(String scores, Network network) {
        Graph graph = network.graph();
        int classes = network.bins().size();
        float[] counts = new float[classes];
        for (int k = 0; k < classes; k++) {
            counts[k] = k + 1;
        }
        String order = graph.smallest(negative(scores, graph), classes); // (N, K)
        String sorted =
                graph.call("GatherElements", List.of(scores, order), Attribute.integer("axis", 1)); // (N, K) falling
        String excess =
                graph.subtract(graph.call("CumSum", List.of(sorted, graph.integer(1))), graph.number(1)); // (N, K)
        String ranked = graph.multiply(sorted, graph.weight(HEAD + ".ranks", counts, classes)); // (N, K)
        String support = graph.flags("Greater", ranked, excess); // (N, K)
        String sum = graph.subtract(graph.rowSums(graph.multiply(sorted, support)), graph.number(1)); // (N, 1)
        String above = graph.subtract(scores, graph.divide(sum, graph.rowSums(support)));
        return graph.call("Relu", List.of(above));
    }

    /** @return (N, S) */
    private static String squaredDistances(String keys, Network network) {
        Graph graph = network.graph();
        String images = graph.call("Unsqueeze", List.of(network.headFeatures(), graph.integers(1))); // (N, 1, E)
        return graph.call(
                "ReduceSumSquare",
                List.of(graph.subtract(images, keys)),
                Attribute.integers("axes", 2),
                Attribute.integer("keepdims", 0));
    }

    private static String stored(String name, NeighboursHead head, Network network) {
        NDArray array = network.parameters(Part.COARSE_HEAD).array(HEAD + "." + name);
        return network.graph().weight(HEAD + "." + name, array.get(new NDIndex(":" + head.storedImages())));
    }

    /** x times {@code weight}, which is stored as (outputs, inputs), plus {@code bias}. */
    private static String linear(String x, String layer, Network network) {
        return network.parameters(Part.COARSE_HEAD).dense(x, HEAD + layer);
    }

    private static String mlp(Network network) {
        String hidden = linear(network.scaledFeatures(), ".hidden", network); // (N, H)
        return linear(network.graph().call("Relu", List.of(hidden)), "", network); // (N, K)
    }

    private static String coral(Network network) {
        Weights weights = network.parameters(Part.COARSE_HEAD);
        String score = network.graph().product(network.scaledFeatures(), weights.get(HEAD + ".weight")); // (N, 1)
        String thresholds = network.graph().add(score, weights.get(HEAD + ".bias")); // (N, K − 1)
        return logits(logSigmoid(thresholds, network), network);
    }

    private static String corn(Network network) {
        String questions = logSigmoid(linear(network.scaledFeatures(), "", network), network); // (N, K − 1)
        String conceptAxis = network.graph().integer(1);
        return logits(network.graph().call("CumSum", List.of(questions, conceptAxis)), network);
    }

    private static String cumulativeLink(CumulativeLinkHead head, Network network) {
        Graph graph = network.graph();
        Weights weights = network.parameters(Part.COARSE_HEAD);
        String score = graph.product(network.scaledFeatures(), weights.get(HEAD + ".weight")); // (N, 1)
        String distance = graph.subtract(thresholds(weights), score); // (N, K − 1)
        if (head.link() == Link.LOGIT) {
            return logits(logSigmoid(negative(distance, graph), network), network);
        }
        String bounded = graph.call("Min", List.of(distance, graph.number(Link.LARGEST_EXPONENT)));
        return logits(negative(graph.call("Exp", List.of(bounded)), graph), network);
    }

    /** (K − 1) */
    private static String thresholds(Weights weights) {
        float first = number(weights.array(HEAD + ".first"));
        float[] steps = weights.array(HEAD + ".steps").toFloatArray();
        float[] thresholds = new float[steps.length + 1];
        double sum = 0;
        thresholds[0] = first;
        for (int k = 0; k < steps.length; k++) {
            sum += steps[k] * (double) steps[k];
            thresholds[k + 1] = (float) (sum + first);
        }
        return weights.graph().weight(HEAD + ".thresholds", thresholds, thresholds.length);
    }

    private static float number(NDArray single) {
        return single.toFloatArray()[0];
    }

    private static String negative(String x, Graph graph) {
        return graph.call("Neg", List.of(x));
    }

    private static String logSigmoid(String x, Network network) {
        Graph graph = network.graph();
        return negative(graph.call("Softplus", List.of(negative(x, graph))), graph);
    }

    /** {@link Survival}: log-probabilities (N, K) of log P(y above concept k), (N, K − 1). */
    private static String logits(String logSurvival, Network network) {
        Graph graph = network.graph();
        int last = network.bins().size() - 1;
        String above = graph.call("Pad", List.of(logSurvival, graph.integers(0, 1, 0, 0), graph.number(0))); // (N, K)
        String lower = graph.slice(above, 1, 0, last); // (N, K − 1)
        String gap = graph.subtract(lower, logSurvival); // (N, K − 1)
        String open = graph.call("Max", List.of(gap, graph.number(Survival.LEAST_GAP)));
        String t = graph.call("Tanh", List.of(graph.divide(open, graph.number(2))));
        String numerator = graph.call("Log", List.of(graph.multiply(t, graph.number(2))));
        String denominator = graph.call("Log", List.of(graph.add(t, graph.number(1))));
        String inside = graph.add(lower, graph.subtract(numerator, denominator)); // (N, K − 1)
        return graph.join(1, inside, graph.slice(above, 1, last, last + 1)); // (N, K)
    }
}
