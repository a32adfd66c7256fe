package io.numclip.runner.terminal;

import java.util.Locale;
import java.util.function.LongSupplier;

/** How much of an epoch and of a training is left, by the epochs and batches that this process has seen. */
final class EpochClock {

    private final LongSupplier clock;
    private int epoch;
    private int epochs;
    private int batch;
    private int batches;
    private long start;
    private long lastBatch;
    private int finished;
    private double finishedSeconds;
    private double afterBatches; // seconds of the last epoch after its batches: validation, and keeping the model

    /** @param clock counts nanoseconds */
    EpochClock(LongSupplier clock) {
        this.clock = clock;
    }

    void epochStarted(int number, int count, int batchCount) {
        epoch = number;
        epochs = count;
        batches = batchCount;
        batch = 0;
        start = clock.getAsLong();
    }

    /** @param number counted from 1 */
    void batchFinished(int number) {
        batch = number;
        lastBatch = clock.getAsLong();
    }

    void epochFinished() {
        long now = clock.getAsLong();
        finishedSeconds += (now - start) / 1e9;
        finished++;
        afterBatches = (now - lastBatch) / 1e9;
    }

    /** Such as {@code epoch 3/50, 120 of 500 steps}. */
    String place() {
        return String.format(Locale.ROOT, "epoch %d/%d, %d of %d steps", epoch, epochs, batch, batches);
    }

    /** Such as {@code 40 s left in the epoch, at most 2.5 h in the training}, which may end before its last epoch. */
    String left() {
        return Durations.words(epochLeft()) + " left in the epoch, at most "
                + Durations.words(epochLeft() + laterEpochs()) + " in the training";
    }

    /** Seconds. */
    private double epochLeft() {
        return (batches - batch) * perBatch() + afterBatches;
    }

    private double laterEpochs() {
        double one = finished > 0 ? finishedSeconds / finished : batches * perBatch();
        return (epochs - epoch) * one;
    }

    private double perBatch() {
        return batch == 0 ? 0 : (lastBatch - start) / 1e9 / batch;
    }
}
