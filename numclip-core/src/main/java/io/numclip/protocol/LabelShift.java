package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A shift of the label distribution: the most common labels become rare in training. OrdinalCLIP's rule: each of the
 * {@code n} most common labels keeps {@code max(int(count · keep), 1)} images. The paper names a shift by what is
 * removed: "20-90" is {@code labels = 20, keep = 0.1}.
 */
public final class LabelShift {

    private LabelShift() {}

    /**
     * Among equally common labels the smaller number comes first. The choice depends on names, labels and seed, not on
     * the order of the list.
     *
     * @param labels how many of the most common label values to cut
     * @param keep share of their images to keep, above 0 and at most 1
     * @return the images that are kept, in the order given
     */
    public static List<LabeledImage> cut(List<LabeledImage> images, int labels, double keep, long seed) {
        if (labels < 0 || !(keep > 0 && keep <= 1)) {
            throw new IllegalArgumentException(
                    "a shift cuts 0 or more labels to a share above 0 and at most 1; found " + labels + " and " + keep);
        }
        if (labels == 0) {
            return images;
        }
        Map<Double, Integer> counts = new TreeMap<>();
        images.forEach(image -> counts.merge(image.label(), 1, Integer::sum));
        counts.entrySet().stream()
                .sorted(Map.Entry.<Double, Integer>comparingByValue().reversed())
                .limit(labels)
                .toList()
                .forEach(label -> counts.put(label.getKey(), Math.max((int) (label.getValue() * keep), 1)));
        return LabelChoice.choose(images, counts::get, seed);
    }
}
