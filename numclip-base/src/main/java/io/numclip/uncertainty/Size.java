package io.numclip.uncertainty;

import io.numclip.data.LabeledImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many images there are, and what they count for. Images of one group, such as those of one photograph, are alike
 * and count for less than their number (Kish, Survey Sampling, 1965, section 5.4).
 *
 * @param images at least 1
 * @param groups of images that belong together; as many as images if none do
 * @param effective number of independent images that would say as much, between 1 and {@code images}
 */
public record Size(int images, int groups, double effective) {

    /** Of images that do not belong together. */
    public static Size of(int images) {
        return new Size(images, images, images);
    }

    /**
     * @param groups (N) as {@link #groups} gives them
     * @param figures (N) of each image; how alike they are within a group decides
     */
    public static Size of(List<String> groups, double[] figures) {
        Map<String, Group> byName = new LinkedHashMap<>();
        for (int n = 0; n < figures.length; n++) {
            byName.computeIfAbsent(groups.get(n), name -> new Group()).add(figures[n]);
        }
        double effective = figures.length / (1 + correlation(byName, figures.length) * (weight(byName) - 1));
        return new Size(figures.length, byName.size(), effective);
    }

    /**
     * The group of each image (N).
     *
     * @param attribute that names the group; an image without it is a group of its own
     */
    public static List<String> groups(List<LabeledImage> images, String attribute) {
        return images.stream()
                .map(image -> {
                    String group = image.attribute(attribute);
                    return group.isEmpty() ? "image " + image.name() : "group " + group;
                })
                .toList();
    }

    /** Number of images that the group of an image has, on average over the images. */
    private static double weight(Map<String, Group> groups) {
        double images = 0;
        double squares = 0;
        for (Group group : groups.values()) {
            images += group.count;
            squares += group.count * group.count;
        }
        return squares / images;
    }

    /** The correlation within groups, from the analysis of variance (Donner, 1986, section 2); 0 to 1. */
    private static double correlation(Map<String, Group> groups, double images) {
        if (groups.size() == images) {
            return 0;
        }
        if (groups.size() == 1) {
            return 1;
        }
        double mean = groups.values().stream().mapToDouble(group -> group.sum).sum() / images;
        double between = 0;
        double within = 0;
        for (Group group : groups.values()) {
            double distance = group.sum / group.count - mean;
            between += group.count * distance * distance / (groups.size() - 1);
            within += (group.squares - group.sum * group.sum / group.count) / (images - groups.size());
        }
        double size = (images - weight(groups)) / (groups.size() - 1);
        double all = between + (size - 1) * within;
        return all > 0 ? Math.max(0, Math.min(1, (between - within) / all)) : 0;
    }

    private static final class Group {

        private double count;
        private double sum;
        private double squares;

        void add(double figure) {
            count++;
            sum += figure;
            squares += figure * figure;
        }
    }
}
