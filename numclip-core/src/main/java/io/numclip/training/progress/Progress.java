package io.numclip.training.progress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a run has come: the content of a checkpoint's {@code progress.json}.
 *
 * @param conditions what must be unchanged when the run is resumed; empty in checkpoints that do not know it
 * @param threads of a native operation in the last epoch; 0 if it is not known
 */
public record Progress(
        Map<String, String> conditions, int threads, List<EpochResult> epochs, List<String> skippedImages) {

    public Progress {
        conditions = new LinkedHashMap<>(Objects.requireNonNullElse(conditions, Map.of()));
        epochs = List.copyOf(epochs);
        skippedImages = List.copyOf(skippedImages);
    }

    /** The same epochs, to be followed by others with this number of threads. */
    public Progress with(int newThreads) {
        return new Progress(conditions, newThreads, epochs, skippedImages);
    }

    public EpochResult last() {
        return epochs.get(epochs.size() - 1);
    }

    public int lastEpoch() {
        return epochs.size();
    }

    /** The last epoch that was at least as good as all before it. */
    Optional<EpochResult> best() {
        return epochs.stream().filter(EpochResult::best).reduce((earlier, later) -> later);
    }

    public boolean isBest(double validationMae) {
        return best().map(best -> validationMae <= best.validationMae()).orElse(true);
    }

    /** An epoch that is as good as one before is no better. */
    public boolean isOutOfPatience(int patience) {
        return patience > 0
                && epochs.stream()
                        .min(Comparator.comparingDouble(EpochResult::validationMae)) // the first of equal ones
                        .map(best -> lastEpoch() - best.epoch() >= patience)
                        .orElse(false);
    }

    public Progress and(EpochResult epoch, List<String> skipped) {
        List<EpochResult> all = new ArrayList<>(epochs);
        all.add(epoch);
        return new Progress(conditions, threads, all, skipped);
    }
}
