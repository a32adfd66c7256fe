package io.numclip.host.propose;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds columns that may name what images have in common, such as a person or a camera. */
final class GroupColumns {

    private static final int MOST_NAMED = 3;

    /** A group has this many images or more, on average. */
    private static final int FEWEST_IMAGES = 2;

    /** A measure, not a name. */
    private static final Pattern FRACTION = Pattern.compile("[+-]?\\d*[.,]\\d+(e[+-]?\\d+)?");

    private GroupColumns() {}

    /**
     * The column by which the test images, but not the validation images, are others than the training images: the vendor of an
     * emoji, say. Then validation images say little of the test. Subjects first; empty if there is none.
     */
    static Optional<String> newInTest(Map<Split, List<LabeledImage>> splits) {
        return apart(splits, Set::containsAll);
    }

    /** The column by which no two splits have images of one group. Subjects first; empty if there is none. */
    static Optional<String> apart(Map<Split, List<LabeledImage>> splits) {
        return apart(splits, Collections::disjoint);
    }

    private static Optional<String> apart(
            Map<Split, List<LabeledImage>> splits, BiPredicate<Set<String>, Set<String>> validation) {
        List<LabeledImage> images =
                splits.values().stream().flatMap(List::stream).toList();
        return columns(images).stream()
                .filter(column -> groups(images, column) > 1)
                .sorted(Comparator.comparing(column -> !column.equals(LabeledImage.SUBJECT)))
                .filter(column -> isApart(splits, column)
                        && validation.test(
                                values(splits, Split.TRAIN, column), values(splits, Split.VALIDATION, column)))
                .findFirst();
    }

    private static boolean isApart(Map<Split, List<LabeledImage>> splits, String column) {
        Set<String> train = values(splits, Split.TRAIN, column);
        Set<String> test = values(splits, Split.TEST, column);
        return train.size() > 1 && !test.contains("") && Collections.disjoint(train, test);
    }

    private static Set<String> values(Map<Split, List<LabeledImage>> splits, Split split, String column) {
        return values(splits.getOrDefault(split, List.of()), column);
    }

    /** One, which is empty, where no image has the column. */
    static Set<String> values(List<LabeledImage> images, String column) {
        return images.stream().map(image -> value(image, column)).collect(Collectors.toSet());
    }

    private static String value(LabeledImage image, String column) {
        return image.attribute(column);
    }

    private static Set<String> columns(List<LabeledImage> images) {
        return images.stream()
                .flatMap(image -> image.attributes().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What a user should know of the columns. */
    static List<String> sentences(LabelSurvey survey) {
        return survey.namesSplits() ? ofTest(survey.newInTest()) : ofSubjects(survey.images());
    }

    private static List<String> ofTest(Optional<String> newInTest) {
        return newInTest.stream()
                .map(column -> "test images have other values of '" + column
                        + "' than all others: settings are compared on parts with values of their own")
                .toList();
    }

    /** A sentence for each column; none if the images have subjects already. */
    private static List<String> ofSubjects(List<LabeledImage> images) {
        Set<String> columns = columns(images);
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

    /** The number of groups, or 0 if the column does not name groups. */
    private static int groups(List<LabeledImage> images, String column) {
        Map<String, Integer> counts = new HashMap<>();
        for (LabeledImage image : images) {
            String value = value(image, column);
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
