package io.numclip.onnx;

import io.numclip.uncertainty.FamiliarImages;
import java.util.List;

/** {@link FamiliarImages#distance} as a graph. */
final class DistanceGraph {

    private static final double SMALL = 1e-30; // stands for 0 in a denominator

    private final Graph graph;
    private final String features; // (N, D)
    private final String training; // (D, S)
    private final String squares; // (N, S)
    private final String nearest; // (N, 6) places, the nearest first

    /** @param features (N, D) of length 1 */
    DistanceGraph(FamiliarImages familiar, Graph graph, String features) {
        this.graph = graph;
        this.features = features;
        float[][] rows = familiar.training(); // (S, D)
        float[] columns = new float[rows.length * rows[0].length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = rows[i % rows.length][i / rows.length];
        }
        training = graph.weight("familiar.features", columns, rows[0].length, rows.length);
        String cosines = graph.product(features, training); // (N, S)
        squares = graph.call(
                "Max",
                List.of(graph.subtract(graph.number(2), graph.multiply(cosines, graph.number(2))), graph.number(0)));
        nearest = graph.smallest(squares, Math.min(FamiliarImages.NEIGHBOUR + 1, rows.length));
    }

    /** (N, S) of the distances to the training images: 2 - 2 cos. */
    String squares() {
        return squares;
    }

    /** (N, 1) that of the fifth nearest; of the farthest, if there are fewer. */
    String fifth() {
        return farthest(five());
    }

    /** (N, 1) that of the first one that is not among the five; of the farthest, if there are fewer. */
    String sixth() {
        return farthest(nearest);
    }

    private String five() {
        return graph.slice(nearest, 1, 0, FamiliarImages.NEIGHBOUR);
    }

    private String farthest(String places) {
        String found = graph.call("GatherElements", List.of(squares, places), Attribute.integer("axis", 1));
        return graph.call("Max", List.of(largest(found), graph.number(SMALL)));
    }

    /** (N) distance to the fifth nearest, of differences: 2 - 2 cos of an image that is nearly the same would be rounding. */
    String distance() {
        String rows = graph.call("Gather", List.of(graph.transpose(training, 1, 0), five())); // (N, 5, D)
        String differences = graph.subtract(rows, graph.call("Unsqueeze", List.of(features, graph.integers(1))));
        String sums = graph.call("ReduceSumSquare", List.of(differences), Attribute.integers("axes", 2)); // (N, 5, 1)
        return graph.reshape(graph.call("Sqrt", List.of(largest(sums))), -1);
    }

    private String largest(String ofSome) {
        return graph.call("ReduceMax", List.of(ofSome), Attribute.integers("axes", 1));
    }
}
