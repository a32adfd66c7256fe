package io.numclip.input;

import io.numclip.image.TooLittleMemoryException;
import java.io.IOException;
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

    /** What a failure says, in a sentence. */
    public static String describe(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() || failure instanceof Error ? failure.toString() : message;
    }
}
