package io.numclip.training;

import io.numclip.clip.pixels.CropPlace;
import io.numclip.input.View;
import io.numclip.input.Warp;
import io.numclip.spi.InvalidSettingException;
import java.util.SplittableRandom;

/**
 * Random changes to training images, different in each epoch. The last three are those of {@code RandomAffine} of
 * torchvision; beyond an edge its last pixel goes on.
 *
 * @param flip mirrors each image, left to right, with probability 1/2
 * @param crop takes the window of the image tower's size from a random place of the resized image, not from its centre;
 *     {@code backbone.resize: squash} leaves room for it on both sides, as in the published code
 * @param turn turns each image about its centre, by up to so many degrees to either side; 0 to 180
 * @param zoom enlarges or shrinks each image by up to this share: 0.2 is 1/1.2 to 1.2 times
 * @param shift moves each image in both directions, by up to this share of its sides; below 1
 */
public record Augmentation(boolean flip, boolean crop, double turn, double zoom, double shift) {

    public static final Augmentation NONE = new Augmentation(false, false);

    private static final double MOST_DEGREES = 180;
    private static final double MOST_ZOOM = 10;

    public Augmentation {
        requireBetween("turn", turn, MOST_DEGREES);
        requireBetween("zoom", zoom, MOST_ZOOM);
        requireBetween("shift", shift, 0.99);
    }

    /** Without a warp. */
    public Augmentation(boolean flip, boolean crop) {
        this(flip, crop, 0, 0, 0);
    }

    private static void requireBetween(String name, double value, double most) {
        if (!(value >= 0 && value <= most)) {
            throw new InvalidSettingException(name, "must be 0 to " + most + "; found " + value);
        }
    }

    boolean isOn() {
        return flip || crop || warps();
    }

    private boolean warps() {
        return turn > 0 || zoom > 0 || shift > 0;
    }

    /** Depends only on seed, epoch and index; whether images are cropped changes no flip. */
    View view(long seed, int epoch, int index) {
        SplittableRandom random = RandomOrder.random(seed, epoch, index);
        boolean mirrored = random.nextBoolean();
        CropPlace place = crop ? new CropPlace(1 - random.nextDouble(), 1 - random.nextDouble()) : CropPlace.CENTER;
        return new View(place, flip && mirrored, warps() ? warp(random) : Warp.NONE);
    }

    private Warp warp(SplittableRandom random) {
        return new Warp(
                Math.toRadians(turn) * eitherWay(random),
                Math.exp(Math.log1p(zoom) * eitherWay(random)),
                shift * eitherWay(random),
                shift * eitherWay(random));
    }

    private static double eitherWay(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }
}
