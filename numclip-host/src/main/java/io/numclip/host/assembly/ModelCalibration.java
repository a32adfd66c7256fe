package io.numclip.host.assembly;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.host.result.ImageClusters;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipPredictor;
import io.numclip.protocol.CalibrationSplit;
import io.numclip.protocol.SeededOrder;
import io.numclip.training.progress.TrainingListener;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Calibrator;
import io.numclip.uncertainty.ConformalQuantile;
import io.numclip.uncertainty.CutConfig;
import io.numclip.uncertainty.ExactNumber;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.Side;
import io.numclip.uncertainty.UncertaintyConfig;
import io.numclip.uncertainty.evidence.KeptImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Calibrates the uncertainty of a trained model, on validation images that played no part in its training. */
public final class ModelCalibration {

    private static final String MORE = "add validation images, or raise uncertainty.calibration";

    private ModelCalibration() {}

    /** @throws NumClipException if a cut has the whole scale on one side */
    static void requireOnScale(List<CutConfig> cuts, LabelScale scale) {
        for (int i = 0; i < cuts.size(); i++) {
            double edge = cuts.get(i).edge();
            double empty = cuts.get(i).side() == Side.BELOW ? scale.minimum() : scale.maximum();
            if (!scale.contains(edge) || edge == empty) {
                throw new NumClipException(
                        NumClipException.Kind.CONFIGURATION,
                        "uncertainty.cuts." + i + ": no image or every image is "
                                + cuts.get(i).name()
                                + "; the scale goes from " + ExactNumber.text(scale.minimum()) + " to "
                                + ExactNumber.text(scale.maximum()) + " " + scale.unit(),
                        "name an edge between the two ends");
            }
        }
    }

    /** If intervals are not possible, the epoch is chosen on all validation images, and the listener is told why. */
    public static CalibrationSplit split(Experiment experiment, TrainingListener listener) {
        return split(experiment, experiment.data().images(Split.VALIDATION), listener);
    }

    /** Divides images with predictions of models that have not learned them. */
    static CalibrationSplit split(Experiment experiment, List<LabeledImage> validation, TrainingListener listener) {
        UncertaintyConfig config = experiment.config().uncertainty();
        if (config.isOff()) {
            return CalibrationSplit.none(validation);
        }
        if (experiment.config().protocol().isReference()) {
            listener.warning("predictions have no " + absent(config)
                    + ": the reference protocol validates on the test images, which"
                    + " must not be used for calibration");
            return CalibrationSplit.none(validation);
        }
        CalibrationSplit split = CalibrationSplit.of(
                validation,
                config.calibration(),
                experiment.config().protocol().group(),
                experiment.config().dataSeed());
        if (split.calibrating().size() >= ConformalQuantile.fewest(config.coverage())) {
            return split;
        }
        String group = experiment.config().protocol().group();
        boolean areOne = ImageClusters.areOne(validation, group);
        tooFew(
                split.calibrating().size() + (areOne ? ", as all validation images are of one " + group : ""),
                areOne ? "add validation images of another " + group : MORE,
                config,
                listener);
        return CalibrationSplit.none(validation);
    }

    /** The images of the split as the model sees them; empty if none are for calibration. */
    public static Optional<HeldOut> heldOut(Experiment experiment, CalibrationSplit split, TrainingListener listener)
            throws IOException {
        if (split.calibrating().isEmpty()) {
            return Optional.empty();
        }
        Optional<FamiliarImages> familiar = familiar(experiment, split.calibrating());
        NumClipPredictor predictor = predictor(experiment, familiar);
        return Optional.of(new HeldOut(
                Predictions.ofTrained(experiment, predictor, split.choosing(), (name, known) -> {}),
                Predictions.ofTrained(experiment, predictor, split.calibrating(), listener),
                model -> familiar));
    }

    /** Saves the calibration with the model; empty if too few images can be read. */
    public static Optional<Calibration> fit(
            Experiment experiment, HeldOut heldOut, Path model, TrainingListener listener) throws IOException {
        LabeledPredictions calibrating = heldOut.calibrating();
        UncertaintyConfig config = experiment.config().uncertainty();
        if (calibrating.size() < ConformalQuantile.fewest(config.coverage())) {
            tooFew(String.valueOf(calibrating.size()), MORE, config, listener);
            return Optional.empty();
        }
        String group = experiment.config().protocol().group();
        Calibration calibration = new Calibrator(experiment.bins(), experiment.scale(), config, group)
                .fit(experiment.data().labels(Split.TRAIN), heldOut.choosing(), calibrating);
        calibration
                .cuts()
                .forEach(cut -> cut.problem().ifPresent(problem -> {
                    listener.warning(
                            problem + " (add validation images, or raise missAtMost or uncertainty.calibration)");
                }));
        ModelDirectory.calibrate(model, calibration);
        return Optional.of(calibration);
    }

    /** Saves with the model what strange images are told by; empty if none are to be told. */
    public static Optional<FamiliarImages> familiar(
            Experiment experiment, HeldOut heldOut, Path model, TrainingListener listener) throws IOException {
        Optional<FamiliarImages> found = heldOut.familiar().in(experiment);
        if (found.isPresent()) {
            FamiliarImages familiar = found.get();
            if (!familiar.canTell()) {
                listener.warning(cannotTell(familiar));
            }
            ModelDirectory.keepFamiliar(
                    model, familiar, experiment.model().imageTower().manager());
        }
        return found;
    }

    private static String cannotTell(FamiliarImages familiar) {
        return "whether an image is strange cannot be told: a rate of " + familiar.rate() + " needs at least "
                + FamiliarImages.fewest(familiar.rate()) + " calibration images; found "
                + familiar.distances().length + " (add validation images, or raise uncertainty.strange)";
    }

    /** What strange images are told by; empty without held-out images, or if the user does not ask for it. */
    public static Optional<FamiliarImages> familiar(Experiment experiment, List<LabeledImage> heldOut)
            throws IOException {
        if (heldOut.isEmpty() || experiment.config().uncertainty().strange() == 0) {
            return Optional.empty();
        }
        Predictions.Read<float[]> kept = kept(experiment);
        return familiar(experiment, kept, distances(experiment, kept, heldOut));
    }

    /**
     * As {@link #familiar(Experiment, List)}, with the labels of training images; without them where nothing is trained, so that
     * such a model stays what it is.
     */
    static Optional<FamiliarImages> familiar(
            Experiment experiment, Predictions.Read<float[]> kept, Predictions.Read<Float> far) {
        double rate = experiment.config().uncertainty().strange();
        if (rate == 0) {
            return Optional.empty();
        }
        float[] distances = new float[far.found().size()];
        for (int n = 0; n < distances.length; n++) {
            distances[n] = far.found().get(n);
        }
        FamiliarImages familiar = FamiliarImages.fit(
                        kept.found().toArray(float[][]::new),
                        distances,
                        far.images(),
                        rate,
                        experiment.config().protocol().group())
                .named(KeptImages.of(
                        kept.images(), experiment.data().images(Split.TRAIN).size()));
        return Optional.of(experiment.config().training().epochs() == 0 ? familiar.unlabelled() : familiar);
    }

    /** Of the experiment's model as it is now; it marks strange images where there is something to tell them by. */
    public static NumClipPredictor predictor(Experiment experiment, Optional<FamiliarImages> familiar) {
        NumClipPredictor plain = Predictions.predictor(experiment);
        return familiar.map(plain::marking).orElse(plain);
    }

    /** The features of learned images, by which strange ones are told. */
    static Predictions.Read<float[]> kept(Experiment experiment) throws IOException {
        return features(experiment, experiment.data().images(Split.TRAIN), FamiliarImages.KEPT);
    }

    /** How far images that were not learned are from those that are kept. */
    static Predictions.Read<Float> distances(
            Experiment experiment, Predictions.Read<float[]> kept, List<LabeledImage> heldOut) throws IOException {
        float[][] learned = kept.found().toArray(float[][]::new);
        Predictions.Read<float[]> read = features(experiment, heldOut, Integer.MAX_VALUE);
        return new Predictions.Read<>(
                read.images(),
                read.found().stream()
                        .map(feature -> FamiliarImages.distance(learned, feature))
                        .toList());
    }

    /** The features of at most {@code most} images, chosen by the seed; which cannot be read was told before. */
    private static Predictions.Read<float[]> features(Experiment experiment, List<LabeledImage> images, int most)
            throws IOException {
        SeededOrder order = new SeededOrder(experiment.config().training().seed());
        int[] chosen = Arrays.stream(order.of(images)).limit(most).toArray();
        return Predictions.features(experiment, images, chosen, (name, known) -> {});
    }

    private static String absent(UncertaintyConfig config) {
        return config.cuts().isEmpty() ? "intervals" : "intervals and no decisions (uncertainty.cuts)";
    }

    private static void tooFew(String found, String remedy, UncertaintyConfig config, TrainingListener listener) {
        listener.warning(
                "predictions have no " + absent(config) + ": a coverage of " + config.coverage() + " needs at least "
                        + ConformalQuantile.fewest(config.coverage()) + " calibration images; found " + found + " ("
                        + remedy + ")");
    }
}
