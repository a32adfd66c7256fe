package io.numclip.clip.pixels;

import io.numclip.data.ImageRegion;
import io.numclip.data.NumClipException;
import io.numclip.data.Region;
import io.numclip.image.TooLittleMemoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads images on several threads at once. One for which there was too little memory is read once more when no other one is
 * being read.
 */
public final class CarefulReading {

    /** Reads one image. */
    @FunctionalInterface
    public interface Image {

        /** @throws IOException if the image cannot be read; the message says why */
        void read() throws IOException;
    }

    private final ReadWriteLock reading = new ReentrantReadWriteLock();

    /** @return why the image could not be read; null if it was */
    public @Nullable Throwable failure(Image image) {
        Throwable failure = failure(image, reading.readLock());
        return failure != null && TooLittleMemoryException.isCauseOf(failure)
                ? failure(image, reading.writeLock())
                : failure;
    }

    /** Decoders throw all of these for a broken file, or for one that is too large. */
    private static @Nullable Throwable failure(Image image, Lock lock) {
        lock.lock();
        try {
            image.read();
            return null;
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError failure) {
            return failure;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What a caller is told who asked for this one image.
     *
     * @param image in one of the forms of {@link ImagePixels}; a file is named
     * @param failure as {@link #failure} gives it
     */
    public static NumClipException unreadable(Object image, Throwable failure) {
        Object whole = image instanceof ImageRegion part ? part.image() : image;
        String name = whole instanceof Path file ? file.toString() : "the image";
        String message = name + ": " + describe(failure);
        if (whole instanceof Path file && !Files.exists(file)) {
            return new NumClipException(NumClipException.Kind.MISSING, message, "check the path", failure);
        }
        return new NumClipException(NumClipException.Kind.DATA, message, fix(failure), failure);
    }

    private static String fix(Throwable failure) {
        if (Region.OutsideException.isCauseOf(failure)) {
            return "give a region in pixels of the upright image";
        }
        return TooLittleMemoryException.isCauseOf(failure)
                ? "give Java more memory with -Xmx, or a smaller image"
                : "give an image that is whole, JPEG, PNG, GIF, BMP, WebP or TIFF";
    }

    /** What a failure says, in a sentence. */
    public static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() || failure instanceof Error ? failure.toString() : message;
    }
}
