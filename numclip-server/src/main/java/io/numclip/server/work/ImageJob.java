package io.numclip.server.work;

import io.numclip.data.Prediction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One image of a request on its way to its predictions. */
final class ImageJob {

    private final byte[] image;
    private final List<Integer> models;
    private final CompletableFuture<List<Prediction>> result = new CompletableFuture<>();
    private Scoring.@Nullable Decoded decoded;

    /** @param models indices of those that are asked */
    ImageJob(byte[] image, List<Integer> models) {
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
     * Decodes the image; what goes wrong goes to the result.
     *
     * @return whether it could be read
     */
    boolean decode(Scoring by) {
        try {
            decoded = by.read(image, models);
            return true;
        } catch (RuntimeException | Error failure) {
            result.completeExceptionally(failure);
            return false;
        }
    }

    Scoring.Decoded decoded() {
        Scoring.Decoded known = decoded;
        if (known == null) {
            throw new IllegalStateException("the image is not decoded");
        }
        return known;
    }

    void free() {
        if (decoded != null) {
            decoded.close();
            decoded = null;
        }
    }
}
