package io.numclip.bench;

import io.numclip.training.progress.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Seconds of each training step, without the warm-up. */
final class StepTimes implements TrainingListener {

    private final int warmUpEpochs;
    private final List<Double> seconds = new ArrayList<>();
    private long start;

    StepTimes(int warmUpEpochs) {
        this.warmUpEpochs = warmUpEpochs;
    }

    @Override
    public void epochStarted(int epoch, int epochs, int batches) {
        start = System.nanoTime();
    }

    @Override
    public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
        long end = System.nanoTime();
        if (epoch > warmUpEpochs) {
            seconds.add((end - start) / 1e9);
        }
        start = end;
    }

    double[] seconds() {
        return seconds.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
