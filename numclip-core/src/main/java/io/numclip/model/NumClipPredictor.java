package io.numclip.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.kernel.NativeThreads;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.Bins;
import io.numclip.data.Familiarity;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.input.PixelBatch;
import io.numclip.spi.ConceptNumbers;
import io.numclip.spi.NumClipOutput;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.HeldOutDistances;
import io.numclip.uncertainty.adjustment.Adjustment;
import io.numclip.uncertainty.evidence.Evidence;
import io.numclip.uncertainty.evidence.Nearby;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Predicts numbers from images. The number is that of the fine head, adjusted and clamped to the label scale; where the model knows
 * the labels of training images, it is read from one hump of what speaks for it, see {@link Evidence}.
 */
public final class NumClipPredictor implements ImagePredictor {

    private final NumClipModel model;
    private final ClassConcepts classes;
    private final ClipPreprocessor preprocessor;
    private final Adjustment adjustment;
    private final boolean rounding; // and ending numbers where the scale does
    private final @Nullable CalibratedPredictions calibration;
    private final @Nullable FamiliarImages familiar;
    private final Map<String, String> attributes;
    private final @Nullable ConceptWords words;
    private final boolean fromWords;
    private final @Nullable Explainer explainer;

    /**
     * A predictor whose predictions carry no uncertainty.
     *
     * @param model closed with the predictor
     */
    public NumClipPredictor(NumClipModel model, ClipPreprocessor preprocessor) {
        this(model, preprocessor, Adjustment.NONE, true, null, null, Map.of(), null, false);
    }

    private NumClipPredictor(
            NumClipModel model,
            ClipPreprocessor preprocessor,
            Adjustment adjustment,
            boolean rounding,
            @Nullable CalibratedPredictions calibration,
            @Nullable FamiliarImages familiar,
            Map<String, String> attributes,
            @Nullable ConceptWords words,
            boolean fromWords) {
        this.model = model;
        this.classes = new ClassConcepts(model.bins(), model.concepts());
        this.preprocessor = preprocessor;
        this.adjustment = adjustment;
        this.rounding = rounding;
        this.calibration = calibration;
        this.familiar = familiar;
        this.attributes = Map.copyOf(attributes);
        this.words = words;
        this.fromWords = fromWords;
        this.explainer = words == null ? null : new Explainer(model.bins(), classes, words, familiar);
    }

    /** A predictor that shares the network; its predictions carry their uncertainty. */
    public NumClipPredictor calibrated(Calibration by) {
        return calibrated(by, Map.of());
    }

    @Override
    public NumClipPredictor calibrated(Calibration by, Map<String, String> common) {
        CalibratedPredictions calibrated = new CalibratedPredictions(by, model.concepts(), model.scale());
        return new NumClipPredictor(
                model, preprocessor, adjustment, rounding, calibrated, familiar, common, words, false);
    }

    /** A predictor that shares the network; its probabilities are those of the network, and its values but for the adjustment. */
    public NumClipPredictor uncalibrated() {
        return new NumClipPredictor(model, preprocessor, adjustment, rounding, null, familiar, Map.of(), words, false);
    }

    /** A predictor that shares the network; its numbers are put through the line before anything else is made of them. */
    public NumClipPredictor adjusted(Adjustment by) {
        return new NumClipPredictor(
                model, preprocessor, by, rounding, calibration, familiar, attributes, words, fromWords);
    }

    /** As {@link #uncalibrated}, with numbers that are not rounded and do not end where the scale does. */
    public NumClipPredictor unrounded() {
        return new NumClipPredictor(model, preprocessor, adjustment, false, null, familiar, Map.of(), words, false);
    }

    /** A predictor that shares the network, which has learned nothing; its predictions carry the spread that words leave. */
    NumClipPredictor fromWords() {
        return new NumClipPredictor(model, preprocessor, adjustment, rounding, null, null, Map.of(), words, true);
    }

    @Override
    public boolean isFromWords() {
        return fromWords;
    }

    /** What numbers are put through. */
    public Adjustment adjustment() {
        return adjustment;
    }

    /** A predictor that shares the network; its predictions say whether the image is familiar. */
    public NumClipPredictor marking(FamiliarImages known) {
        return new NumClipPredictor(
                model, preprocessor, adjustment, rounding, calibration, known, attributes, words, fromWords);
    }

    /**
     * A predictor that shares the network; its predictions say how they came about.
     *
     * @param by the prompts that the coarse head compares images with
     */
    public NumClipPredictor explaining(ConceptWords by) {
        return new NumClipPredictor(
                model, preprocessor, adjustment, rounding, calibration, familiar, attributes, by, fromWords);
    }

    @Override
    public Optional<Calibration> calibration() {
        return Optional.ofNullable(calibration).map(CalibratedPredictions::calibration);
    }

    /** As {@link CalibratedPredictions#numbersOfWords}. */
    public Optional<double[]> numbersOfWords() {
        return Optional.ofNullable(calibration).flatMap(CalibratedPredictions::numbersOfWords);
    }

    @Override
    public Optional<FamiliarImages> familiar() {
        return Optional.ofNullable(familiar);
    }

    @Override
    public Optional<HeldOutDistances> heldOut() {
        return familiar().map(FamiliarImages::heldOut).filter(HeldOutDistances::canTell);
    }

    /** Predicts the images of the batch, by its first form. */
    public List<Prediction> predict(PixelBatch batch) {
        return predict(batch, 0);
    }

    @Override
    public List<Prediction> predict(PixelBatch batch, int form) {
        if (batch.indices().isEmpty()) {
            return List.of();
        }
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            return batch.marked(predictPixels(batch.toArray(scope, form))); // (N, 3, H, W)
        }
    }

    /** @param pixels (N, 3, H, W) as {@link ClipPreprocessor} makes them */
    public List<Prediction> predictPixels(NDArray pixels) {
        return predictFeatures(model.encodeImages(pixels, false));
    }

    /** @param backboneFeatures (N, D) as the image tower gives them */
    public List<Prediction> predictFeatures(NDArray backboneFeatures) {
        if (explainer == null && !weighs()) {
            return predictions(model.forwardFeatures(backboneFeatures, false), Optional.empty());
        }
        NumClipModel.Explained explained = model.explainFeatures(backboneFeatures);
        return predictions(explained.output(), explained.numbers());
    }

    /** Features (N, D) of length 1 of the images of the batch, as {@link FamiliarImages} compares them. */
    public List<float[]> features(PixelBatch batch) {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            return features(model.forward(batch.toArray(scope), false));
        }
    }

    /** As {@link #features(PixelBatch)}, from the features (N, D) that the image tower gives. */
    public List<float[]> features(NDArray backboneFeatures) {
        return features(model.forwardFeatures(backboneFeatures, false));
    }

    private List<float[]> features(NumClipOutput output) {
        float[] values = output.imageFeatures().toFloatArray(); // (N, D)
        return List.of(FamiliarFile.rows(values, model.imageTower().embedDim()));
    }

    private List<Prediction> predictions(NumClipOutput output, Optional<ConceptNumbers> numbers) {
        float[] values = output.value().toFloatArray(); // (N)
        float[] probabilities = output.logits().softmax(1).toFloatArray(); // (N, K)
        Explainer.Found found = Explainer.Found.of(values, probabilities, numbers);
        Explainer.Found shown = explainer == null ? found : found.adjusted(adjustment);
        List<float[]> features = familiar == null && explainer == null ? List.of() : features(output); // (N, D)
        List<Prediction> predictions = new ArrayList<>();
        for (int n = 0; n < values.length; n++) {
            Optional<float[]> feature = features.isEmpty() ? Optional.empty() : Optional.of(features.get(n));
            Weighed weighed = weighed(found, n, feature);
            double number = adjustment.of(weighed.number());
            Prediction raw = new Prediction(
                    rounding ? model.clamp(number) : number,
                    classes.concepts(weighed.probabilities()),
                    null,
                    weighed.familiarity(),
                    null,
                    explainer == null ? null : explainer.explain(shown, n, feature.orElseThrow()));
            predictions.add(spread(raw));
        }
        return predictions;
    }

    private Prediction spread(Prediction raw) {
        if (fromWords) {
            return CalibratedPredictions.ofWords(raw, model.concepts(), model.scale());
        }
        return calibration == null ? raw : calibration.calibrated(raw, attributes);
    }

    /** @param probabilities (K) of the classes */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Weighed(
            double number, double[] probabilities, @Nullable Familiarity familiarity) {}

    /** Of one hump, with what the training images near the image say, where their labels are known. */
    private Weighed weighed(Explainer.Found found, int image, Optional<float[]> feature) {
        Bins bins = model.bins();
        double[] probabilities = Explainer.Found.row(found.probabilities(), image, bins);
        if (familiar == null) {
            return new Weighed(found.values()[image], probabilities, null);
        }
        float distance = familiar.distance(feature.orElseThrow());
        Familiarity familiarity = familiar.canTell() ? familiar.at(distance) : null;
        if (!weighs()) {
            return new Weighed(found.values()[image], probabilities, familiarity);
        }
        Evidence evidence = found.evidence(image, bins);
        Optional<Nearby> nearby = familiar.nearby(feature.orElseThrow(), distance, bins);
        return new Weighed(
                nearby.map(evidence::with).orElse(evidence).number(),
                nearby.map(near -> near.mixed(probabilities)).orElse(probabilities),
                familiarity);
    }

    private boolean weighs() {
        return familiar != null && familiar.labels().isPresent();
    }

    public NumClipModel model() {
        return model;
    }

    @Override
    public ClipPreprocessor preprocessor() {
        return preprocessor;
    }

    @Override
    public LabelScale scale() {
        return model.scale();
    }

    @Override
    public Bins concepts() {
        return model.concepts();
    }

    @Override
    public TowerMemory memory() {
        return model.imageTower().memory();
    }

    @Override
    public Device device() {
        return model.imageTower().manager().getDevice();
    }

    @Override
    public int nativeThreads() {
        return NativeThreads.count();
    }

    @Override
    public void close() {
        model.close();
    }
}
