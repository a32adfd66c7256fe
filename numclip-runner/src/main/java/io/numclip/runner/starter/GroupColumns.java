package io.numclip.runner.starter;

import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds columns that may name what images have in common, such as a person or a camera. */
final class GroupColumns {

    private static final int MOST_NAMED = 3;

    /** In a group there are this many images or more, on average. */
    private static final int FEWEST_IMAGES = 2;

    /** A measure, not a name. */
    private static final Pattern FRACTION = Pattern.compile("[+-]?\\d*[.,]\\d+(e[+-]?\\d+)?");

    private GroupColumns() {}

    /** A sentence for each column; none if the images have subjects already. */
    static List<String> sentences(List<LabeledImage> images) {
        Set<String> columns = new LinkedHashSet<>();
        images.forEach(image -> columns.addAll(image.attributes().keySet()));
        List<String> sentences = new ArrayList<>();
        if (!columns.contains(LabeledImage.SUBJECT)) {
            columns.forEach(column -> {
                int groups = groups(images, column);
                if (groups > 1 && sentences.size() < MOST_NAMED) {
                    sentences.add(sentence(column, groups));
                }
            });
        }
        return sentences;
    }

    private static String sentence(String column, int groups) {
        return "the column '" + column + "' has " + groups + " values: if images with the same one are alike, call it '"
                + LabeledImage.SUBJECT + "', and none will be in two splits";
    }

    /** How many, or 0 if the column does not name groups. */
    private static int groups(List<LabeledImage> images, String column) {
        Map<String, Integer> counts = new HashMap<>();
        for (LabeledImage image : images) {
            String value = image.attributes().getOrDefault(column, "").strip();
            if (FRACTION.matcher(value).matches()) {
                return 0;
            }
            if (!value.isEmpty()) {
                counts.merge(value, 1, Integer::sum);
            }
        }
        int named = counts.values().stream().mapToInt(Integer::intValue).sum();
        return named >= FEWEST_IMAGES * counts.size() ? counts.size() : 0;
    }
}
