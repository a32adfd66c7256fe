package io.numclip.input;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.ImageSource;
import io.numclip.data.RgbRows;
import io.numclip.image.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Pixels of images in any form: a {@link Path} of a JPEG or PNG file, a {@code byte[]} with the content of one, a
 * {@link BufferedImage}, or an {@link ImageSource}. Error messages leave out the name of the file.
 */
public record ImagePixels(List<?> images, ClipPreprocessor preprocessor) implements PixelBatches.Reader {

    private static final String BYTES = "image";

    /** @throws IllegalArgumentException if an image has none of these forms */
    public ImagePixels {
        images.forEach(ImagePixels::requireForm);
    }

    private static void requireForm(Object image) {
        if (!(image instanceof Path
                || image instanceof byte[]
                || image instanceof BufferedImage
                || image instanceof ImageSource)) {
            throw new IllegalArgumentException(
                    "an image must be a Path, a byte[], a BufferedImage or an ImageSource; found "
                            + image.getClass().getName());
        }
    }

    @Override
    public void read(int index, FloatBuffer pixels) throws IOException {
        preprocessor.write(rows(images.get(index)), pixels);
    }

    private static RgbRows rows(Object image) throws IOException {
        if (image instanceof Path file) {
            return file(file);
        }
        if (image instanceof byte[] bytes) {
            return named(BYTES, () -> ImageDecoder.rows(bytes, BYTES));
        }
        if (image instanceof BufferedImage decoded) {
            return RgbRows.of(decoded);
        }
        return ((ImageSource) image).rows();
    }

    private static RgbRows file(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no such file");
        }
        return named(file.toString(), () -> ImageDecoder.rows(file));
    }

    private interface Decoding {
        RgbRows run() throws IOException;
    }

    /** Removes the name from the beginning of the message. */
    private static RgbRows named(String name, Decoding decoding) throws IOException {
        try {
            return decoding.run();
        } catch (IOException e) {
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            String front = name + ": ";
            throw new IOException(message.startsWith(front) ? message.substring(front.length()) : message, e);
        }
    }
}
