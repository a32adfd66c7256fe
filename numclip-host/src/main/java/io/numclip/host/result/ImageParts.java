package io.numclip.host.result;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.evaluation.LongTail;
import io.numclip.evaluation.Shots;
import io.numclip.host.message.PlainText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Divides test images into parts by label, bin or attribute. */
public final class ImageParts {

    /** The part of images without the attribute. */
    static final String NONE = "(none)";

    private static final int MOST_VALUES = 12;

    private final List<String> order;
    private final Function<LabeledImage, String> part;

    private ImageParts(List<String> order, Function<LabeledImage, String> part) {
        this.order = order;
        this.part = part;
    }

    /** @param name {@link Parts#LONG_TAIL}, {@link Parts#BIN} or an attribute of the images */
    static ImageParts by(String name, Bins bins, double[] trainingLabels) {
        return switch (name) {
            case Parts.LONG_TAIL -> byShots(new LongTail(trainingLabels));
            case Parts.BIN ->
                new ImageParts(
                        bins.concepts(),
                        image -> bins.get(bins.indexOf(image.label())).concept());
            default -> new ImageParts(List.of(), image -> attribute(image, name));
        };
    }

    /** All attributes, in alphabetical order. */
    public static Set<String> columns(List<LabeledImage> images) {
        TreeSet<String> known = new TreeSet<>();
        images.forEach(image -> known.addAll(image.attributes().keySet()));
        known.removeAll(List.of(LabeledImage.CAPTION, LabeledImage.MORE_THAN, LabeledImage.EQUAL_TO));
        return known;
    }

    /** The attributes that divide the images into 2 to {@value #MOST_VALUES} parts, in alphabetical order. */
    public static List<String> attributes(List<LabeledImage> images) {
        Set<String> known = columns(images);
        known.removeAll(List.of(LabeledImage.ALL_LABELS, Parts.BIN, Parts.LONG_TAIL));
        return known.stream()
                .filter(name -> {
                    long values = images.stream()
                            .map(image -> attribute(image, name))
                            .distinct()
                            .count();
                    return values > 1 && values <= MOST_VALUES;
                })
                .toList();
    }

    /**
     * In what no image is like one that was learned, such as another vendor: a sentence for each column of which both have a few
     * words.
     *
     * @param group the column of images that belong together, which are in one split on purpose
     */
    static List<String> unseen(List<LabeledImage> images, List<LabeledImage> learned, String group) {
        List<String> unseen = new ArrayList<>();
        for (String column : columns(images)) {
            Set<String> now = words(images, column);
            Set<String> before = words(learned, column);
            if (!column.equals(group) && !now.isEmpty() && !before.isEmpty() && Collections.disjoint(now, before)) {
                unseen.add(PlainText.printable("no test image has a " + column + " that training saw (test: "
                        + String.join(", ", now) + "; training: " + String.join(", ", before) + ")"));
            }
        }
        return unseen;
    }

    /** The values of a column; none if they are many, numbers, or left out of some image. */
    private static Set<String> words(List<LabeledImage> images, String column) {
        Set<String> words = new TreeSet<>();
        images.forEach(image -> words.add(image.attribute(column)));
        boolean areFew = words.size() <= MOST_VALUES && 2 * words.size() <= images.size();
        return areFew && words.stream().allMatch(word -> word.matches(".*\\p{L}.*")) ? words : Set.of();
    }

    String of(LabeledImage image) {
        return part.apply(image);
    }

    /** The parts that have images, in the order of bins or shots; those of an attribute in alphabetical order. */
    List<String> names(List<LabeledImage> images) {
        TreeSet<String> found = new TreeSet<>(images.stream().map(part).toList());
        return order.isEmpty()
                ? List.copyOf(found)
                : order.stream().filter(found::contains).toList();
    }

    private static ImageParts byShots(LongTail tail) {
        return new ImageParts(
                Stream.of(Shots.values()).map(Shots::toString).toList(),
                image -> tail.shots(image.label()).toString());
    }

    private static String attribute(LabeledImage image, String name) {
        String value = image.attribute(name);
        return value.isBlank() ? NONE : value;
    }
}
