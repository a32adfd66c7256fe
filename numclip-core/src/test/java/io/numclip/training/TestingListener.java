package io.numclip.training;

import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Writes down what it hears. */
public final class TestingListener implements TrainingListener {

    final List<EpochResult> epochs = new ArrayList<>();
    public final List<String> skipped = new ArrayList<>();
    public final List<String> damaged = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    public int encoded;
    int resumedAfter;
    int batches;
    int interruptedAfter = -1; // batches

    public List<String> warnings() {
        return warnings;
    }

    @Override
    public void imagesEncoded(int done, int total) {
        encoded = done;
    }

    @Override
    public void resumed(List<EpochResult> earlier) {
        resumedAfter = earlier.size();
    }

    @Override
    public void batchFinished(int epoch, int batch, int batchCount, double loss, double imagesPerSecond) {
        if (++batches == interruptedAfter) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void epochFinished(EpochResult result) {
        epochs.add(result);
    }

    @Override
    public void imageSkipped(String name, String reason) {
        skipped.add(name + " - " + reason);
    }

    @Override
    public void imageDamaged(String name, String words) {
        damaged.add(name);
    }

    @Override
    public void warning(String message) {
        warnings.add(message);
    }
}
