package io.numclip.data;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** Where an image's pixels come from: a file, or code that draws them. */
public interface ImageSource {

    /**
     * @return an upright RGB image ({@link BufferedImage#TYPE_INT_RGB}), the same pixels at every call
     * @throws IOException if the image cannot be read or is refused; the message names the image and the reason
     */
    BufferedImage read() throws IOException;

    /**
     * The same pixels, for callers that read them only once, from top to bottom.
     *
     * @throws IOException as {@link #read()}
     */
    default RgbRows rows() throws IOException {
        BufferedImage image = read();
        if (image == null) {
            throw new IOException("there is no image: " + getClass().getName() + " returns null");
        }
        return RgbRows.of(image);
    }

    /**
     * Text that changes when the pixels do: two sources with equal fingerprints give equal pixels. Cheap, however large
     * the image is.
     *
     * @throws IOException if the file cannot be examined
     */
    String fingerprint() throws IOException;

    /**
     * Text that is the same for the same content, whatever its place and name; may read all of the content.
     *
     * @throws IOException if the file cannot be read
     */
    default String contentHash() throws IOException {
        return fingerprint();
    }
}
