package io.numclip.host.follow;

import java.nio.channels.ClosedByInterruptException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * How a run has ended.
 *
 * @param bestEpoch the epoch whose model was tested; 0 if nothing was trained
 * @param figures of the trained model on the test images, by their keys; empty unless the run is finished
 */
public record RunEnd(Outcome outcome, int bestEpoch, Map<String, Double> figures) {

    /** The ways to end. */
    public enum Outcome {
        FINISHED,
        FAILED,
        /** The run was ended by Ctrl-C or SIGTERM. */
        STOPPED
    }

    public static RunEnd finished(int bestEpoch, Map<String, Double> figures) {
        return new RunEnd(Outcome.FINISHED, bestEpoch, figures);
    }

    /** The figures under the names that TensorBoard and MLflow show. */
    Map<String, Double> shown() {
        Map<String, Double> shown = new LinkedHashMap<>();
        figures.forEach((key, figure) -> shown.put("test/" + key, figure));
        return shown;
    }

    /** The end of a run that has thrown this. */
    public static RunEnd broken(Throwable failure) {
        boolean stopped = failure instanceof CancellationException || failure instanceof ClosedByInterruptException;
        return new RunEnd(stopped ? Outcome.STOPPED : Outcome.FAILED, 0, Map.of());
    }
}
