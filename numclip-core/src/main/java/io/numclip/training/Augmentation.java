package io.numclip.training;

import io.numclip.clip.CropPlace;
import io.numclip.input.View;
import java.util.SplittableRandom;

/**
 * Random changes to training images, different in each epoch.
 *
 * @param flip mirrors each image, left to right, with probability 1/2
 * @param crop takes the window of the image tower's size from a random place of the resized image, not from its centre;
 *     {@code backbone.resize: squash} leaves room for it on both sides, as in the published code
 */
public record Augmentation(boolean flip, boolean crop) {

    public static final Augmentation NONE = new Augmentation(false, false);

    boolean isOn() {
        return flip || crop;
    }

    /** Depends only on seed, epoch and index; whether images are cropped changes no flip. */
    View view(long seed, int epoch, int index) {
        SplittableRandom random = RandomOrder.random(seed, epoch, index);
        boolean mirrored = random.nextBoolean();
        CropPlace place = crop ? new CropPlace(1 - random.nextDouble(), 1 - random.nextDouble()) : CropPlace.CENTER;
        return new View(place, flip && mirrored);
    }
}
