package io.numclip.input;

import io.numclip.clip.CropPlace;

/** How an image is seen: which window of it, and whether flipped, left to right. */
public record View(CropPlace place, boolean mirrored) {

    /** The centre of the image as it is. */
    public static final View PLAIN = new View(CropPlace.CENTER, false);
}
