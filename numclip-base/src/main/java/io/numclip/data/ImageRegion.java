package io.numclip.data;

import java.io.IOException;

/**
 * A region of an image, as an image of its own.
 *
 * @param image in one of the other forms of an image: a path, the bytes of a file, a decoded image or an {@link ImageSource}
 * @param place where the region was written, such as {@code list.csv:17}, for messages; may be empty
 */
public record ImageRegion(Object image, Region region, String place) {

    public ImageRegion(Object image, Region region) {
        this(image, region, "");
    }

    /**
     * Cuts the region out of its image.
     *
     * @throws IOException if it does not lie in the image
     */
    public RgbRows of(RgbRows whole) throws IOException {
        try {
            return region.of(whole);
        } catch (Region.OutsideException outside) {
            throw place.isEmpty() ? outside : new IOException(place + ": " + outside.getMessage(), outside);
        }
    }
}
