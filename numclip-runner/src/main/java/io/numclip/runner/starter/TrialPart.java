package io.numclip.runner.starter;

import io.numclip.data.LabeledImage;
import io.numclip.training.RandomOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Images to train on, and images to measure on. */
record TrialPart(List<LabeledImage> train, List<LabeledImage> validation) {

    private static final int MOST_TRAINED = 1500;
    private static final int MOST_VALIDATED = 500;

    /** Of fewer, the mean error would be an accident. */
    private static final int ENOUGH_VALIDATED = 100;

    private static final int MOST_PARTS = 5;
    private static final long SEED = 1;

    /**
     * The images as they are split, or some of them where there are many.
     *
     * @param again whether they may be divided again where there are few
     */
    static List<TrialPart> of(List<LabeledImage> train, List<LabeledImage> validation, boolean again) {
        List<TrialPart> parts = new ArrayList<>();
        parts.add(new TrialPart(drawn(train, MOST_TRAINED), drawn(validation, MOST_VALIDATED)));
        int wanted = again ? Math.min(MOST_PARTS, 1 + (ENOUGH_VALIDATED - 1) / validation.size()) : 1;
        List<LabeledImage> all = new ArrayList<>(train);
        all.addAll(validation);
        for (int number = 1; number < wanted; number++) {
            List<LabeledImage> shuffled = shuffled(all, number);
            parts.add(new TrialPart(
                    shuffled.subList(validation.size(), all.size()), shuffled.subList(0, validation.size())));
        }
        return parts;
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
