package io.numclip.sample.photograph;

import io.numclip.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/** A photograph, or one of several disjoint views of it. Its pixels are decoded once, when they are first needed. */
public final class Photograph {

    private final String file;
    private final String original;
    private final Split split;
    private final String subject;
    private final double focusX;
    private final double focusY;
    private @Nullable PixelImage pixels;

    Photograph(String file, String original, Split split, String subject, double focusX, double focusY) {
        this.file = file;
        this.original = original;
        this.split = split;
        this.subject = subject;
        this.focusX = focusX;
        this.focusY = focusY;
    }

    /** Name of the photograph of which this is a view; all views of one photograph belong to one split. */
    public String original() {
        return original;
    }

    public Split split() {
        return split;
    }

    /** What the photograph shows, with its article: {@code a cat}. */
    public String subject() {
        return subject;
    }

    /** Position of the subject, from the left, as a share of the width. */
    public double focusX() {
        return focusX;
    }

    /** Position of the subject, from the top, as a share of the height. */
    public double focusY() {
        return focusY;
    }

    /** Shared by all callers: do not change it. */
    public synchronized PixelImage pixels() {
        if (pixels == null) {
            pixels = decode();
        }
        return pixels;
    }

    private PixelImage decode() {
        try (InputStream stream = Photographs.resource(file)) {
            return PixelImage.of(ImageIO.read(stream));
        } catch (IOException e) {
            throw new UncheckedIOException("photograph " + file + " cannot be read", e);
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
