package io.numclip.runner.words;

import io.numclip.evaluation.PrototypeOrdinality;
import java.util.Arrays;
import java.util.List;

/**
 * How well the untrained CLIP understands some words.
 *
 * @param right images whose likeliest concept is the right one
 * @param count all images
 * @param ordinality of the prototypes, as {@link PrototypeOrdinality} defines it; 1 for two concepts
 */
public record Score(int right, int count, double ordinality) {

    private static final double ORDINALITY = 0.1; // beside the accuracy

    /** @param prototypes K vectors of length 1 */
    public static Score of(List<float[]> prototypes, SeenImages images) {
        return new Score((int) Arrays.stream(images.hits(prototypes)).sum(), images.size(), ordinality(prototypes));
    }

    static double ordinality(List<float[]> prototypes) {
        int width = prototypes.get(0).length;
        float[] rows = new float[prototypes.size() * width];
        for (int k = 0; k < prototypes.size(); k++) {
            System.arraycopy(prototypes.get(k), 0, rows, k * width, width);
        }
        return PrototypeOrdinality.of(rows, prototypes.size()).orElse(1);
    }

    public double accuracy() {
        return (double) right / count;
    }

    /** What the search maximises. */
    double weighted() {
        return accuracy() + ORDINALITY * ordinality;
    }
}
