package io.numclip.onnx;

import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Rotary;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

/** Rotary positions: {@code rotary_positions} and {@code rotate} in the kernel's {@code tower.py}. */
final class Rotation {

    private static final double BASE = 10_000;

    private final Graph graph;
    private final int width;
    private final int tokens;
    private final String cosine;
    private final String sine;
    private final String neighbours;

    Rotation(ClipConfig.Vision vision, Graph graph) {
        this.graph = graph;
        width = vision.hiddenSize() / vision.heads();
        tokens = vision.positions();
        float[] cosines = new float[tokens * width];
        float[] sines = new float[tokens * width];
        for (int i = 0; i < cosines.length; i++) {
            double angle = angle(vision, i / width, i % width);
            cosines[i] = (float) Math.cos(angle);
            sines[i] = (float)
                    (i % 2 == 0 ? -Math.sin(angle) : Math.sin(angle)); // the first of a pair takes the other's negative
        }
        cosine = graph.weight("rotary.cosine", cosines, tokens, width);
        sine = graph.weight("rotary.sine", sines, tokens, width);
        neighbours = graph.integers(LongStream.range(0, width).map(i -> i ^ 1).toArray());
    }

    /** The angle goes by the place along x in the first half of a head, and by that along y in the second. */
    private static double angle(ClipConfig.Vision vision, int token, int entry) {
        Rotary rotary = Objects.requireNonNull(vision.form().rotary());
        int classTokens = vision.form().classToken() ? 1 : 0;
        if (token < classTokens) {
            return 0;
        }
        int patch = token - classTokens;
        int bands = vision.hiddenSize() / vision.heads() / 4;
        int pair = entry / 2;
        int place = pair < bands ? patch % vision.grid() : patch / vision.grid();
        double speed = Math.pow(BASE, -(double) (pair % bands) / bands);
        return (place + rotary.start()) / vision.grid() * rotary.grid() * speed;
    }

    /** Rotates x (N, H, R, W/H), whose tokens are the first {@code count}. */
    String of(String x, int count) {
        String others = graph.call("Gather", List.of(x, neighbours), Attribute.integer("axis", -1));
        return graph.add(graph.multiply(x, first(cosine, count)), graph.multiply(others, first(sine, count)));
    }

    private String first(String angles, int count) {
        return count == tokens ? angles : graph.slice(angles, 0, 0, count);
    }
}
