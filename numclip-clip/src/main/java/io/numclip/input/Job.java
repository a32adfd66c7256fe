package io.numclip.input;

import io.numclip.clip.pixels.CarefulReading;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One image on its way to what is found in it. */
final class Job<R> {

    private final Object image;
    private final List<Integer> models;
    private final CompletableFuture<R> result = new CompletableFuture<>();
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile ImageWork.@Nullable Decoded decoded;

    Job(Object image, List<Integer> models) {
        this.image = image;
        this.models = models;
    }

    /** Cancelled, the image is passed over. */
    CompletableFuture<R> result() {
        return result;
    }

    List<Integer> models() {
        return models;
    }

    boolean isWanted() {
        return !result.isDone();
    }

    /**
     * Decodes the image; the result of one that cannot be read says why.
     *
     * @return whether it could be read
     */
    boolean read(ImageWork<R> by) {
        try {
            decoded = by.read(image, models);
            return true;
        } catch (IOException unreadable) {
            result.complete(by.failed(CarefulReading.describe(unreadable), models));
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
        }
        return false;
    }

    /** Nobody reads it any more. */
    void leaveReader() {
        read.countDown();
    }

    /** @return whether there is something to predict */
    boolean awaitRead() throws InterruptedException {
        read.await();
        return decoded != null && isWanted();
    }

    ImageWork.Decoded decoded() {
        ImageWork.Decoded known = decoded;
        if (known == null) {
            throw new IllegalStateException("the image is not decoded");
        }
        return known;
    }

    /** @return whether it was decoded */
    synchronized boolean free() {
        ImageWork.Decoded known = decoded;
        decoded = null;
        if (known != null) {
            known.close();
        }
        return known != null;
    }
}
