package io.numclip.input;

import io.numclip.clip.pixels.CropPlace;

/** How an image is seen: which window of it, whether that is flipped, left to right, and how it is then bent. */
public record View(CropPlace place, boolean mirrored, Warp warp) {

    /** The centre of the image as it is. */
    public static final View PLAIN = new View(CropPlace.CENTER, false, Warp.NONE);
}
