package io.numclip.training;

import java.util.List;

/** Forwards everything, and records which images were skipped. */
record SkipRecorder(TrainingListener next, List<String> skippedImages) implements TrainingListener {

    @Override
    public void imagesEncoded(int done, int total) {
        next.imagesEncoded(done, total);
    }

    @Override
    public void resumed(List<EpochResult> earlier) {
        next.resumed(earlier);
    }

    @Override
    public void epochStarted(int epoch, int epochs, int batches) {
        next.epochStarted(epoch, epochs, batches);
    }

    @Override
    public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
        next.batchFinished(epoch, batch, batches, loss, imagesPerSecond);
    }

    @Override
    public void epochFinished(EpochResult result) {
        next.epochFinished(result);
    }

    @Override
    public void imageSkipped(String name, String reason) {
        if (!skippedImages.contains(name)) {
            skippedImages.add(name);
        }
        next.imageSkipped(name, reason);
    }

    @Override
    public void warning(String message) {
        next.warning(message);
    }
}
