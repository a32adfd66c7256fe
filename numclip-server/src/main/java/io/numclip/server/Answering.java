package io.numclip.server;

import io.numclip.data.Prediction;
import io.numclip.input.Engine;
import io.numclip.server.request.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Waits for the predictions of a request, but not for ever. */
final class Answering {

    private static final Pattern DECODER = Pattern.compile(" ?\\(decoder: .*", Pattern.DOTALL);

    private final Engine<List<Prediction>> engine;
    private final Duration patience;

    Answering(Engine<List<Prediction>> engine, Duration patience) {
        this.engine = engine;
        this.patience = patience;
    }

    /**
     * @param images as a model takes them
     * @param models indices of those that are asked
     * @return for each image one prediction of each of these, in their order; an image that cannot be read has failed ones
     * @throws RefusedException 503 if nothing can predict any more, 504 if it takes too long
     */
    List<List<Prediction>> predict(List<?> images, List<Integer> models)
            throws InterruptedException, ExecutionException {
        if (!isAlive()) {
            throw new RefusedException(
                    503, "no_worker", "no worker answers any more", "restart the server; its log says more");
        }
        List<CompletableFuture<List<Prediction>>> results =
                images.stream().map(image -> engine.submit(image, models)).toList();
        long until = System.nanoTime() + patience.toNanos();
        try {
            List<List<Prediction>> predictions = new ArrayList<>();
            for (CompletableFuture<List<Prediction>> result : results) {
                predictions.add(result.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS).stream()
                        .map(Answering::told)
                        .toList());
            }
            return predictions;
        } catch (TimeoutException e) {
            throw tooLong(patience);
        } finally {
            results.forEach(result -> result.cancel(false));
        }
    }

    static RefusedException tooLong(Duration patience) {
        return new RefusedException(
                504,
                "timeout",
                "not finished within " + patience.toSeconds() + " s, the limit http.requestSeconds",
                "send fewer images at once, or ask again later");
    }

    /** Whether anything can still be predicted. */
    boolean isAlive() {
        return lostWorkers() < engine.workers();
    }

    /** How many workers are held by a batch for longer than a request may take. */
    int lostWorkers() {
        return engine.lostWorkers(patience);
    }

    /** A prediction without what a decoder says, which is about its classes. */
    private static Prediction told(Prediction prediction) {
        return prediction.isFailed() ? Prediction.failed(reason(String.valueOf(prediction.problem()))) : prediction;
    }

    private static String reason(String problem) {
        return DECODER.matcher(problem.lines().findFirst().orElse(problem)).replaceAll("");
    }
}
