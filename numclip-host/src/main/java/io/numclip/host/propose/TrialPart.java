package io.numclip.host.propose;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.protocol.Splitter;
import io.numclip.training.RandomOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Images to train on, and images to measure on. */
record TrialPart(List<LabeledImage> train, List<LabeledImage> validation) {

    static final int MOST_TRAINED = 1500;
    private static final int MOST_VALIDATED = 500;

    /** With fewer images the mean error would be an accident. */
    private static final int ENOUGH_VALIDATED = 100;

    /** With fewer groups it would be one, too: groups differ more than images do. */
    private static final int ENOUGH_GROUPS = 20;

    /** Of all parts together. */
    private static final int MOST_IN_PARTS = 2500;

    private static final int PARTS = 5;
    private static final long SEED = 1;

    /**
     * The images as they are split, or some of them where there are many. Where the test alone is of other groups, or there are few
     * images to validate with, or images of few groups, they are divided anew: no image is in two validation parts, and no group is
     * on both sides.
     *
     * @param newInTest whether the test has other groups than all other images
     * @param group the column that names groups, if there is one
     */
    static List<TrialPart> of(
            List<LabeledImage> train, List<LabeledImage> validation, boolean newInTest, String group) {
        return newInTest || isOfFewGroups(train, validation, group) || validation.size() < ENOUGH_VALIDATED
                ? divided(train, validation, group)
                : List.of(some(train, validation));
    }

    /** Whether images are of groups, and too few of these validate. */
    static boolean isOfFewGroups(List<LabeledImage> train, List<LabeledImage> validation, String group) {
        return GroupColumns.values(train, group).size() > 1
                && GroupColumns.values(validation, group).size() < ENOUGH_GROUPS;
    }

    private static TrialPart some(List<LabeledImage> train, List<LabeledImage> validation) {
        return new TrialPart(drawn(train, MOST_TRAINED), drawn(validation, MOST_VALIDATED));
    }

    /**
     * The images in parts; in one where there are too few groups. No part trains on more images than a whole training does; where
     * there are many images, fewer parts have more of them to validate with.
     */
    private static List<TrialPart> divided(List<LabeledImage> train, List<LabeledImage> validation, String group) {
        List<LabeledImage> all = new ArrayList<>(train);
        all.addAll(validation);
        List<List<LabeledImage>> folds = folds(all, group, parts(all.size()));
        return folds.isEmpty()
                ? List.of(some(train, validation))
                : folds.stream()
                        .map(fold -> some(drawn(without(fold, all), train.size()), fold))
                        .limit(Math.max(1, MOST_IN_PARTS / train.size()))
                        .toList();
    }

    /** What a part does not need to train on validates it. */
    private static int parts(int images) {
        int spare = images - MOST_TRAINED;
        return spare <= images / PARTS ? PARTS : Math.max(2, (images + spare - 1) / spare);
    }

    /** One for each group where there are few of them; none for a single one. */
    private static List<List<LabeledImage>> folds(List<LabeledImage> all, String group, int count) {
        if (count < 2) {
            return List.of();
        }
        try {
            return new Splitter(Splitter.Rule.GROUPED, group, SEED).folds(all, count);
        } catch (NumClipException tooFew) {
            return folds(all, group, count - 1);
        }
    }

    private static List<LabeledImage> without(List<LabeledImage> fold, List<LabeledImage> all) {
        Set<LabeledImage> out = Set.copyOf(fold);
        return all.stream().filter(image -> !out.contains(image)).toList();
    }

    private static List<LabeledImage> drawn(List<LabeledImage> images, int most) {
        return images.size() <= most ? images : shuffled(images, 0).subList(0, most);
    }

    private static List<LabeledImage> shuffled(List<LabeledImage> images, int number) {
        return Arrays.stream(RandomOrder.permutation(images.size(), SEED, number))
                .mapToObj(images::get)
                .toList();
    }

    /** What to train on and to choose by, where the validation images are to be new to what is measured on them. */
    TrialPart choosing(String group) {
        List<List<LabeledImage>> folds = folds(train, group, PARTS);
        return folds.isEmpty() ? this : new TrialPart(without(folds.get(0), train), folds.get(0));
    }

    int size() {
        return train.size() + validation.size();
    }

    double[] trainingLabels() {
        return train.stream().mapToDouble(LabeledImage::label).toArray();
    }

    /** MAE of a constant on the validation images. */
    double error(double constant) {
        return validation.stream()
                .mapToDouble(image -> Math.abs(image.label() - constant))
                .average()
                .orElseThrow();
    }

    /** The number of predictions that an error of some parts is the mean of. */
    static int predictions(List<TrialPart> parts) {
        return parts.stream().mapToInt(part -> part.validation.size()).sum();
    }

    /**
     * The mean over the validation images of some parts.
     *
     * @param error that of a part, by its number
     */
    static double mean(List<TrialPart> parts, IntToDoubleFunction error) {
        double sum = IntStream.range(0, parts.size())
                .mapToDouble(part ->
                        error.applyAsDouble(part) * parts.get(part).validation.size())
                .sum();
        return sum / predictions(parts);
    }
}
