package io.numclip.training;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The training loop. Writes {@code model/} (best by validation MAE) and {@code checkpoint/} (after every epoch) into the
 * run folder; a run that finds a checkpoint there goes on from it, to the same bits as a run without interruption.
 */
public final class Trainer {

    public Trainer(
            NumClipModel model,
            ModelDescription description,
            ClipPreprocessor preprocessor,
            List<WeightedLoss> losses,
            TrainingConfig config,
            Path runFolder,
            TrainingListener listener) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Leaves the model with the parameters of the best epoch.
     *
     * @throws IOException if the run folder or the feature cache cannot be read or written
     * @throws io.numclip.data.NumClipException if training diverges or more than 1 % of the images cannot be read
     */
    public TrainingResult fit(List<LabeledImage> train, List<LabeledImage> validation) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }
}
