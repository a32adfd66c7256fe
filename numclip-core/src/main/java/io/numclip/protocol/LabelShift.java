package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A shift of the label distribution: the commonest labels become rare in training. The rule of OrdinalCLIP: of each of the
 * {@code n} commonest labels, {@code max(int(count · keep), 1)} images stay. The paper names a shift by what goes:
 * "20-90" is {@code labels = 20, keep = 0.1}.
 */
public final class LabelShift {

    private LabelShift() {}

    /**
     * Of labels equally common the smaller number comes first. What stays depends on names, labels and seed, not on the
     * order of the list.
     *
     * @param labels how many of the commonest label values to cut
     * @param keep share of their images that stays, above 0 and at most 1
     * @return those that stay, in the order given
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
