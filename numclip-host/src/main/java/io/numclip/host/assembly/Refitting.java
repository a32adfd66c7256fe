package io.numclip.host.assembly;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.host.message.PlainText;
import io.numclip.model.NumClipPredictor;
import io.numclip.protocol.CalibrationSplit;
import io.numclip.protocol.Splitter;
import io.numclip.training.TrainingConfig;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.ForwardingListener;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Learns training and validation images for as many epochs as were best for the training images alone: once all of them, and for
 * the calibration five times without a fold, which is then predicted (cross-conformal prediction: Vovk, Annals of Mathematics and
 * Artificial Intelligence 2015). One model is open at a time.
 *
 * @param first not used but for what it was made of; may be closed
 */
public record Refitting(Experiment first, int epochs, SharedModels shared, Stores stores, TrainingListener listener) {

    private static final int FOLDS = 5;

    /** Where each training keeps what it has reached. */
    @FunctionalInterface
    public interface Stores {
        /** @param name of the training, such as {@code fold-1} or {@code all} */
        TrainingStore of(String name, Experiment experiment) throws IOException;
    }

    /** All images are learned. */
    public Experiment all() throws IOException {
        List<LabeledImage> images = first.data().learned();
        return learned(
                "all", images, "all " + PlainText.counted(images.size(), "image") + ", for the model that is kept");
    }

    /** Every image, seen by a model that has not learned it; empty where nothing is calibrated, of which the listener is told why. */
    public Optional<HeldOut> heldOut() throws IOException {
        CalibrationSplit split = ModelCalibration.split(first, first.data().learned(), listener);
        List<List<LabeledImage>> folds = split.calibrating().isEmpty() ? List.of() : folds();
        List<LabeledImage> images = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        List<LabeledImage> measured = new ArrayList<>();
        List<Float> distances = new ArrayList<>();
        for (int fold = 1; fold <= folds.size(); fold++) {
            try (Experiment others = without(folds.get(fold - 1), fold)) {
                Predictions.Read<float[]> kept = ModelCalibration.kept(others);
                Predictions.Read<Float> far = ModelCalibration.distances(others, kept, folds.get(fold - 1));
                NumClipPredictor predictor =
                        ModelCalibration.predictor(others, ModelCalibration.familiar(others, kept, far));
                LabeledPredictions fresh = Predictions.ofTrained(others, predictor, folds.get(fold - 1), listener);
                images.addAll(fresh.images());
                predictions.addAll(fresh.predictions());
                measured.addAll(far.images());
                distances.addAll(far.found());
            }
        }
        LabeledPredictions seen = new LabeledPredictions(images, predictions);
        return folds.isEmpty()
                ? Optional.empty()
                : Optional.of(new HeldOut(
                        seen.where(Set.copyOf(split.choosing())::contains),
                        seen.where(Set.copyOf(split.calibrating())::contains),
                        model -> ModelCalibration.familiar(
                                model, ModelCalibration.kept(model), new Predictions.Read<>(measured, distances))));
    }

    private List<List<LabeledImage>> folds() {
        String group = first.config().protocol().group();
        try {
            return new Splitter(Splitter.Rule.GROUPED, group, first.config().dataSeed())
                    .folds(first.data().learned(), FOLDS);
        } catch (NumClipException tooFew) {
            listener.warning("predictions have no intervals: they need " + FOLDS + " folds of the images, and "
                    + tooFew.getMessage());
            return List.of();
        }
    }

    private Experiment without(List<LabeledImage> fold, int number) throws IOException {
        Set<LabeledImage> heldOut = Set.copyOf(fold);
        List<LabeledImage> others = first.data().learned().stream()
                .filter(image -> !heldOut.contains(image))
                .toList();
        return learned(
                "fold-" + number,
                others,
                "all but a fifth of the images (" + number + " of " + FOLDS + "), whose errors give the intervals");
    }

    private Experiment learned(String name, List<LabeledImage> images, String inWords) throws IOException {
        TrainingConfig training = first.config().unjudgedTraining();
        Experiment experiment = ExperimentAssembler.again(first, images, shared);
        try (TrainingStore store = stores.of(name, experiment)) {
            List<LabeledImage> validation = first.data().images(Split.VALIDATION); // decides nothing
            experiment
                    .trainer(training, store, new Again(listener, inWords, epochs))
                    .fit(images, validation, epochs);
            return experiment;
        } catch (IOException | RuntimeException failure) {
            experiment.close();
            throw failure;
        }
    }

    /** Says what is learned when it begins, and nothing of validation errors. */
    private static final class Again extends ForwardingListener {

        private final String images;
        private final int epochs;
        private boolean isTold;

        Again(TrainingListener next, String images, int epochs) {
            super(next);
            this.images = images;
            this.epochs = epochs;
        }

        @Override
        public void resumed(List<EpochResult> earlier) {}

        @Override
        public void epochStarted(int epoch, int ofAll, int batches) {
            if (!isTold) {
                learnsAgain(images);
            }
            isTold = true;
            super.epochStarted(epoch, epochs, batches);
        }

        @Override
        public void epochFinished(EpochResult result) {}
    }
}
