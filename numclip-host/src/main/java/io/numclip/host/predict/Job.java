package io.numclip.host.predict;

import io.numclip.data.Prediction;
import io.numclip.input.CarefulReading;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One image on its way to its predictions. */
final class Job {

    private final Object image;
    private final List<Integer> models;
    private final CompletableFuture<List<Prediction>> result = new CompletableFuture<>();
    private final CountDownLatch read = new CountDownLatch(1);
    private volatile Scoring.@Nullable Decoded decoded;

    Job(Object image, List<Integer> models) {
        this.image = image;
        this.models = models;
    }

    /** One prediction of each model that is asked. Cancelled, the image is passed over. */
    CompletableFuture<List<Prediction>> result() {
        return result;
    }

    List<Integer> models() {
        return models;
    }

    boolean isWanted() {
        return !result.isDone();
    }

    /**
     * Decodes the image; one that cannot be read has predictions that say why.
     *
     * @return whether it could be read
     */
    boolean read(Scoring by) {
        try {
            decoded = by.read(image, models);
            return true;
        } catch (IOException unreadable) {
            result.complete(Collections.nCopies(models.size(), Prediction.failed(CarefulReading.describe(unreadable))));
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

    Scoring.Decoded decoded() {
        Scoring.Decoded known = decoded;
        if (known == null) {
            throw new IllegalStateException("the image is not decoded");
        }
        return known;
    }

    /** @return whether it was decoded */
    synchronized boolean free() {
        Scoring.Decoded known = decoded;
        decoded = null;
        if (known != null) {
            known.close();
        }
        return known != null;
    }
}
