package io.numclip.runner.starter;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.protocol.Splitter;
import io.numclip.training.RandomOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Images to train on, and images to measure on. */
record TrialPart(List<LabeledImage> train, List<LabeledImage> validation) {

    static final int MOST_TRAINED = 1500;
    private static final int MOST_VALIDATED = 500;

    /** Of fewer, the mean error would be an accident. */
    private static final int ENOUGH_VALIDATED = 100;

    private static final int PARTS = 5;
    private static final long SEED = 1;

    /**
     * The images as they are split, or some of them where there are many.
     *
     * @param again whether they may be divided anew where there are few to validate with; then no image is in two
     *     validation parts, and no subject is on both sides
     */
    static List<TrialPart> of(List<LabeledImage> train, List<LabeledImage> validation, boolean again) {
        List<TrialPart> divided =
                again && validation.size() < ENOUGH_VALIDATED ? divided(train, validation) : List.of();
        return divided.isEmpty()
                ? List.of(new TrialPart(drawn(train, MOST_TRAINED), drawn(validation, MOST_VALIDATED)))
                : divided;
    }

    /** None where there are too few subjects. None of them trains on more images than a whole training does. */
    private static List<TrialPart> divided(List<LabeledImage> train, List<LabeledImage> validation) {
        List<LabeledImage> all = new ArrayList<>(train);
        all.addAll(validation);
        return folds(all).stream()
                .map(fold -> new TrialPart(drawn(without(fold, all), train.size()), fold))
                .toList();
    }

    private static List<List<LabeledImage>> folds(List<LabeledImage> all) {
        try {
            return new Splitter(Splitter.Rule.GROUPED, LabeledImage.SUBJECT, SEED).folds(all, PARTS);
        } catch (NumClipException tooFew) {
            return List.of();
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

    int size() {
        return train.size() + validation.size();
    }

    TrialPart first(int images) {
        return new TrialPart(
                train.subList(0, Math.min(images, train.size())),
                validation.subList(0, Math.min(images, validation.size())));
    }
}
