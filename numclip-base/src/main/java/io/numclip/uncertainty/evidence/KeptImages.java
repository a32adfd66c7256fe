package io.numclip.uncertainty.evidence;

import io.numclip.data.Explanation.Neighbour;
import io.numclip.data.Explanation.Neighbours;
import io.numclip.data.LabeledImage;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Names and labels of the training images whose features {@code FamiliarImages} keeps.
 *
 * @param images (S)
 * @param trained how many training images there were
 */
public record KeptImages(List<Image> images, int trained) {

    /** A training image, called as in the list of the training images. */
    public record Image(String name, double label) {}

    public KeptImages {
        images = List.copyOf(images);
    }

    public static KeptImages of(List<LabeledImage> images, int trained) {
        return new KeptImages(
                images.stream()
                        .map(image -> new Image(image.name(), image.label()))
                        .toList(),
                trained);
    }

    /** (S). */
    public float[] labels() {
        float[] labels = new float[images.size()];
        for (int s = 0; s < labels.length; s++) {
            labels[s] = (float) images.get(s).label();
        }
        return labels;
    }

    /** Compares all of them. */
    public Neighbours nearest(float[][] training, float[] feature, int count) {
        double[] cosines = new double[training.length];
        for (int s = 0; s < cosines.length; s++) {
            for (int d = 0; d < feature.length; d++) {
                cosines[s] += (double) training[s][d] * feature[d];
            }
        }
        List<Neighbour> nearest = IntStream.range(0, cosines.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer s) -> -cosines[s]))
                .limit(count)
                .map(s -> new Neighbour(images.get(s).name(), images.get(s).label(), Math.min(1, cosines[s])))
                .toList();
        return new Neighbours(nearest, cosines.length, trained);
    }
}
