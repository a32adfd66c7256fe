package io.numclip.server;

import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.server.request.RefusedException;
import io.numclip.server.work.Pipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Waits for the predictions of a request, but not for ever. */
final class Answering {

    private static final String NAME = "the image: ";

    /** What a decoder says is about its classes. */
    private static final Pattern DECODER = Pattern.compile(" ?\\(decoder: .*", Pattern.DOTALL);

    private final Pipeline pipeline;
    private final Duration patience;

    Answering(Pipeline pipeline, Duration patience) {
        this.pipeline = pipeline;
        this.patience = patience;
    }

    /**
     * @param models indices of those that are asked
     * @return for each image one prediction of each of these, in their order; an image that cannot be read has failed ones
     * @throws RefusedException 503 if nothing can predict any more, 504 if it takes too long
     */
    List<List<Prediction>> predict(List<byte[]> images, List<Integer> models)
            throws InterruptedException, ExecutionException {
        if (!pipeline.isAlive()) {
            throw new RefusedException(
                    503, "no_worker", "no worker answers any more", "restart the server; its log says more");
        }
        List<CompletableFuture<List<Prediction>>> results = pipeline.add(images, models);
        long until = System.nanoTime() + patience.toNanos();
        try {
            List<List<Prediction>> predictions = new ArrayList<>();
            for (CompletableFuture<List<Prediction>> result : results) {
                predictions.add(await(result, models.size(), until));
            }
            return predictions;
        } catch (TimeoutException e) {
            throw new RefusedException(
                    504,
                    "timeout",
                    "not finished within " + patience.toSeconds() + " s, the limit http.requestSeconds",
                    "send fewer images at once, or ask again later");
        } finally {
            results.forEach(result -> result.cancel(false));
        }
    }

    private List<Prediction> await(CompletableFuture<List<Prediction>> result, int models, long until)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return result.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof NumClipException unreadable
                    && unreadable.kind() == NumClipException.Kind.DATA) {
                return Collections.nCopies(models, Prediction.failed(reason(unreadable)));
            }
            throw e;
        }
    }

    private static String reason(NumClipException unreadable) {
        String said = NumClipException.firstLine(unreadable);
        String plain = said.startsWith(NAME) ? said.substring(NAME.length()) : said;
        return DECODER.matcher(plain).replaceAll("");
    }
}
