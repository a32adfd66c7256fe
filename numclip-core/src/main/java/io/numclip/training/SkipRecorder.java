package io.numclip.training;

import io.numclip.training.progress.ForwardingListener;
import io.numclip.training.progress.TrainingListener;
import java.util.List;

/** Forwards everything, and records which images were skipped. */
final class SkipRecorder extends ForwardingListener {

    private final List<String> skippedImages;

    /** @param skippedImages gets the names */
    SkipRecorder(TrainingListener next, List<String> skippedImages) {
        super(next);
        this.skippedImages = skippedImages;
    }

    @Override
    public void imageSkipped(String name, String reason) {
        if (!skippedImages.contains(name)) {
            skippedImages.add(name);
        }
        super.imageSkipped(name, reason);
    }
}
