package io.numclip.training.progress;

import java.util.List;

/** Passes everything on to another listener. */
public abstract class ForwardingListener implements TrainingListener {

    private final TrainingListener next;

    protected ForwardingListener(TrainingListener next) {
        this.next = next;
    }

    @Override
    public void imagesEncoded(int done, int total) {
        next.imagesEncoded(done, total);
    }

    @Override
    public void resumed(List<EpochResult> earlier) {
        next.resumed(earlier);
    }

    @Override
    public void learnsAgain(String images) {
        next.learnsAgain(images);
    }

    @Override
    public void yardsticksStarted() {
        next.yardsticksStarted();
    }

    @Override
    public void memoryPlanned(MemoryPlan plan) {
        next.memoryPlanned(plan);
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
        next.imageSkipped(name, reason);
    }

    @Override
    public void imageDamaged(String name, String words) {
        next.imageDamaged(name, words);
    }

    @Override
    public void warning(String message) {
        next.warning(message);
    }
}
