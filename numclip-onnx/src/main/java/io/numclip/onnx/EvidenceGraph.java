package io.numclip.onnx;

import io.numclip.data.Bins;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.evidence.Evidence;
import java.util.List;

/** {@link Evidence} and {@link FamiliarImages#nearby} as a graph. */
final class EvidenceGraph {

    private final Graph graph;
    private final FamiliarImages familiar;
    private final int classes;
    private final String own; // (N, 1) the share of the network
    private final String shares; // (N, K) of the nearest training images in each class
    private final String sums; // (N, K) of their labels, times their shares

    EvidenceGraph(FamiliarImages familiar, DistanceGraph distances, Network network) {
        this.graph = network.graph();
        this.familiar = familiar;
        this.classes = network.bins().size();
        String squares = distances.squares(); // (N, S)
        double reach = familiar.reach();
        own = graph.call("Min", List.of(graph.divide(graph.number(reach * reach), distances.fifth()), graph.number(1)));
        String limit = graph.multiply(distances.sixth(), graph.number(FamiliarImages.REACHED));
        String near = graph.divide(
                graph.call("Relu", List.of(graph.subtract(limit, squares))),
                graph.add(squares, graph.number(FamiliarImages.TINY)));
        String weights = graph.divide(near, graph.rowSums(near)); // (N, S)
        shares = graph.product(weights, members("familiar.classes", network.bins(), false));
        sums = graph.product(weights, members("familiar.labels", network.bins(), true));
    }

    /** (S, K) 1 where the training image is of the class; or its label there. */
    private String members(String name, Bins bins, boolean labels) {
        float[] all = familiar.labels().orElseThrow();
        float[] members = new float[all.length * classes];
        for (int s = 0; s < all.length; s++) {
            members[s * classes + bins.indexOf(all[s])] = labels ? all[s] : 1;
        }
        return graph.weight(name, members, all.length, classes);
    }

    /** {@code Nearby.mixed} */
    String mixed(String weights) {
        return graph.add(graph.multiply(own, weights), graph.multiply(others(), shares)); // (N, K)
    }

    private String others() {
        return graph.subtract(graph.number(1), own);
    }

    /** {@link Evidence#number} (N) of the network and the nearest training images together. */
    String number(FineHeads.Said said) {
        String mixed = mixed(said.weights());
        String sum = graph.add(
                graph.multiply(graph.multiply(own, said.weights()), said.numbers()), graph.multiply(others(), sums));
        String hump = hump(mixed); // (N, K)
        String among = graph.rowSums(graph.multiply(hump, sum));
        return graph.reshape(graph.divide(among, graph.rowSums(graph.multiply(hump, mixed))), -1);
    }

    /** (N, K) 1 for the classes of the hump that holds the median. */
    private String hump(String weights) {
        String gaps = gaps(weights);
        String upTo = matrix("up_to", (row, column) -> row <= column ? 1 : 0);
        String reached = graph.flags(
                "GreaterOrEqual",
                graph.product(weights, upTo),
                graph.divide(graph.rowSums(weights), graph.number(2))); // (N, K)
        String median = graph.product(
                reached, matrix("first", (row, column) -> row == column ? 1 : row == column - 1 ? -1 : 0));
        String before = graph.product(gaps, upTo); // how many gaps there are up to each class
        String same = graph.flags("Equal", before, graph.rowSums(graph.multiply(before, median)));
        String inGap = graph.rowSums(graph.multiply(gaps, median)); // (N, 1)
        String members = graph.multiply(graph.multiply(same, not(gaps)), not(inGap));
        return graph.call("Max", List.of(members, median));
    }

    private String not(String flags) {
        return graph.subtract(graph.number(1), flags);
    }

    private String gaps(String weights) {
        String row = graph.reshape(weights, -1, 1, classes); // (N, 1, K)
        String before = largest(row, matrix("before", (k, other) -> other < k ? 1 : 0));
        String after = largest(row, matrix("after", (k, other) -> other > k ? 1 : 0));
        String lower = graph.call("Min", List.of(before, after));
        return graph.multiply(
                graph.flags("LessOrEqual", weights, graph.multiply(lower, graph.number(Evidence.GAP))),
                graph.flags("Greater", lower, graph.number(0)));
    }

    private String largest(String row, String among) {
        return graph.call(
                "ReduceMax",
                List.of(graph.multiply(row, among)),
                Attribute.integers("axes", 2),
                Attribute.integer("keepdims", 0)); // (N, K)
    }

    private interface Entry {
        float at(int row, int column);
    }

    private String matrix(String name, Entry entry) {
        float[] values = new float[classes * classes];
        for (int i = 0; i < values.length; i++) {
            values[i] = entry.at(i / classes, i % classes);
        }
        return graph.weight("evidence." + name, values, classes, classes);
    }
}
