package io.numclip.clip.pixels;

import io.numclip.data.ImageRegion;
import io.numclip.data.ImageSource;
import io.numclip.data.RgbRows;
import io.numclip.image.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pixels of images in any form: a {@link Path} of an image file, a {@code byte[]} with the content of one, a
 * {@link BufferedImage}, an {@link ImageSource}, or an {@link ImageRegion} of one of these. Error messages leave out the name
 * of the file. An image is decoded once for all preprocessings; only an {@code ImageSource} is asked for its rows each time.
 */
public record ImagePixels(List<ClipPreprocessor> preprocessors) {

    private static final String BYTES = "image";

    public ImagePixels {
        preprocessors = List.copyOf(preprocessors);
    }

    public ImagePixels(ClipPreprocessor preprocessor) {
        this(List.of(preprocessor));
    }

    /** @throws IllegalArgumentException if it has none of the forms of an image */
    public static void requireForm(Object image) {
        Object whole = whole(image);
        if (!(whole instanceof Path
                || whole instanceof byte[]
                || whole instanceof BufferedImage
                || whole instanceof ImageSource)) {
            throw new IllegalArgumentException(
                    "an image must be a Path, a byte[], a BufferedImage, an ImageSource, or an ImageRegion of one of these;"
                            + " found "
                            + (whole == null ? "null" : whole.getClass().getName()));
        }
    }

    /**
     * @param image in one of the forms
     * @param pixels for each preprocessing, 3·H·W values to write
     * @return what is damaged, as {@link RgbRows#damage}
     * @throws IOException if it cannot be read; the message says why
     */
    public Optional<String> read(Object image, List<FloatBuffer> pixels) throws IOException {
        RgbRows rows = rows(image);
        for (int i = 0; i < preprocessors.size(); i++) {
            boolean again = i > 0 && whole(image) instanceof ImageSource; // whose rows may be read only once
            preprocessors.get(i).write(again ? rows(image) : rows, pixels.get(i));
        }
        return rows.damage();
    }

    private static Object whole(Object image) {
        return image instanceof ImageRegion part ? part.image() : image;
    }

    /**
     * The rows of an image in one of the forms.
     *
     * @throws IOException if it cannot be read; the message says why
     */
    public static RgbRows rows(Object image) throws IOException {
        if (image instanceof ImageRegion part) {
            return part.of(rows(part.image()));
        }
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
