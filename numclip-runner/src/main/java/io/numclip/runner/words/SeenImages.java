package io.numclip.runner.words;

import java.util.List;
import java.util.stream.IntStream;

/** Image features of labelled images, with their bins. */
public final class SeenImages {

    private final List<float[]> features;
    private final List<Integer> bins;

    /**
     * @param features N vectors of width D, of any length but 0
     * @param bins which bin each label belongs to
     */
    public SeenImages(List<float[]> features, List<Integer> bins) {
        this.features = features.stream().map(Vectors::normalize).toList();
        this.bins = List.copyOf(bins);
    }

    /** N. */
    public int size() {
        return bins.size();
    }

    int bin(int image) {
        return bins.get(image);
    }

    float[] feature(int image) {
        return features.get(image);
    }

    /**
     * For which images the likeliest concept is the right one.
     *
     * @param prototypes K vectors of length 1
     * @return (N) 1 where it is right, else 0
     */
    public double[] hits(List<float[]> prototypes) {
        return IntStream.range(0, size())
                .mapToDouble(image -> likeliest(features.get(image), prototypes) == bins.get(image) ? 1 : 0)
                .toArray();
    }

    private static int likeliest(float[] image, List<float[]> prototypes) {
        int likeliest = 0;
        for (int k = 1; k < prototypes.size(); k++) {
            if (Vectors.dot(image, prototypes.get(k)) > Vectors.dot(image, prototypes.get(likeliest))) {
                likeliest = k;
            }
        }
        return likeliest;
    }
}
