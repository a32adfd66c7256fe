package io.numclip.training;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labels of training images, some of which have several ({@link LabeledImage#ALL_LABELS}): one of them is drawn in
 * each epoch, as in the public code of OrdinalCLIP (Li et al., NeurIPS 2022).
 */
final class DrawnLabels {

    private final List<LabeledImage> images;
    private final Bins bins;
    private final long seed;
    private final Comparisons comparisons;
    private final Map<Integer, double[]> several = new LinkedHashMap<>();

    /** @throws NumClipException if the labels of an image are not numbers */
    DrawnLabels(List<LabeledImage> images, Bins bins, long seed) {
        this.images = images;
        this.bins = bins;
        this.seed = seed;
        comparisons = Comparisons.of(images);
        for (int index = 0; index < images.size(); index++) {
            String labels = images.get(index).attributes().get(LabeledImage.ALL_LABELS);
            if (labels != null) {
                several.put(index, numbers(images.get(index).name(), labels));
            }
        }
    }

    /** The label of an image depends only on seed, epoch and index. */
    Labels of(int epoch) {
        List<LabeledImage> drawn = new ArrayList<>(images);
        several.forEach((index, labels) -> {
            int place = RandomOrder.random(seed, epoch, index).split().nextInt(labels.length);
            LabeledImage image = images.get(index);
            drawn.set(index, new LabeledImage(image.name(), image.source(), labels[place], image.attributes()));
        });
        return new Labels(drawn, bins, comparisons);
    }

    private static double[] numbers(String image, String labels) {
        try {
            return Arrays.stream(labels.trim().split(" +"))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new NumClipException(
                    Kind.DATA,
                    "image '" + image + "': '" + LabeledImage.ALL_LABELS
                            + "' must be numbers separated by blanks; found '" + labels + "'",
                    "correct the labels in the image list",
                    e);
        }
    }
}
