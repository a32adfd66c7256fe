package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.Familiarity;
import io.numclip.data.Prediction;
import io.numclip.input.PixelBatch;
import io.numclip.spi.ConceptNumbers;
import io.numclip.spi.NumClipOutput;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.FamiliarImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Predicts numbers from images. The number is that of the fine head, clamped to the label scale. */
public final class NumClipPredictor implements AutoCloseable {

    private final NumClipModel model;
    private final ClassConcepts classes;
    private final ClipPreprocessor preprocessor;
    private final @Nullable CalibratedPredictions calibration;
    private final @Nullable FamiliarImages familiar;
    private final Map<String, String> attributes;
    private final @Nullable ConceptWords words;
    private final @Nullable Explainer explainer;

    /**
     * A predictor whose predictions carry no uncertainty.
     *
     * @param model closed with the predictor
     */
    public NumClipPredictor(NumClipModel model, ClipPreprocessor preprocessor) {
        this(model, preprocessor, null, null, Map.of(), null);
    }

    private NumClipPredictor(
            NumClipModel model,
            ClipPreprocessor preprocessor,
            @Nullable CalibratedPredictions calibration,
            @Nullable FamiliarImages familiar,
            Map<String, String> attributes,
            @Nullable ConceptWords words) {
        this.model = model;
        this.classes = new ClassConcepts(model.bins(), model.concepts());
        this.preprocessor = preprocessor;
        this.calibration = calibration;
        this.familiar = familiar;
        this.attributes = Map.copyOf(attributes);
        this.words = words;
        this.explainer = words == null ? null : new Explainer(model.bins(), classes, words, familiar);
    }

    /** A predictor that shares the network; its predictions carry their uncertainty. */
    public NumClipPredictor calibrated(Calibration by) {
        return calibrated(by, Map.of());
    }

    /** As {@link #calibrated(Calibration)}, for images that have some attributes in common. */
    public NumClipPredictor calibrated(Calibration by, Map<String, String> common) {
        CalibratedPredictions calibrated = new CalibratedPredictions(by, model.concepts(), model.scale());
        return new NumClipPredictor(model, preprocessor, calibrated, familiar, common, words);
    }

    /** A predictor that shares the network; its probabilities and values are those of the network. */
    public NumClipPredictor uncalibrated() {
        return new NumClipPredictor(model, preprocessor, null, familiar, Map.of(), words);
    }

    /** A predictor that shares the network; its predictions say whether the image is familiar. */
    public NumClipPredictor marking(FamiliarImages known) {
        return new NumClipPredictor(model, preprocessor, calibration, known, attributes, words);
    }

    /**
     * A predictor that shares the network; its predictions say how they came about.
     *
     * @param by the prompts that the coarse head compares images with
     */
    public NumClipPredictor explaining(ConceptWords by) {
        return new NumClipPredictor(model, preprocessor, calibration, familiar, attributes, by);
    }

    /** Empty where predictions carry no uncertainty. */
    public Optional<Calibration> calibration() {
        return Optional.ofNullable(calibration).map(CalibratedPredictions::calibration);
    }

    /** As {@link CalibratedPredictions#numbersOfWords}. */
    public Optional<double[]> numbersOfWords() {
        return Optional.ofNullable(calibration).flatMap(CalibratedPredictions::numbersOfWords);
    }

    /** Empty where strange images cannot be told. */
    public Optional<FamiliarImages> familiar() {
        return Optional.ofNullable(familiar);
    }

    /** Predicts the images of the batch. */
    public List<Prediction> predict(PixelBatch batch) {
        if (batch.indices().isEmpty()) {
            return List.of();
        }
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            return marked(predictPixels(batch.toArray(scope)), batch); // (N, 3, H, W)
        }
    }

    /** Predictions of the images of a batch, with what their decoders say is damaged. */
    static List<Prediction> marked(List<Prediction> predictions, PixelBatch batch) {
        return IntStream.range(0, predictions.size())
                .mapToObj(n -> predictions
                        .get(n)
                        .withDamage(batch.damage().get(batch.indices().get(n))))
                .toList();
    }

    /** @param pixels (N, 3, H, W) as {@link ClipPreprocessor} makes them */
    public List<Prediction> predictPixels(NDArray pixels) {
        return predictFeatures(model.encodeImages(pixels, false));
    }

    /** @param backboneFeatures (N, D) as the image tower gives them */
    public List<Prediction> predictFeatures(NDArray backboneFeatures) {
        if (explainer == null) {
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
        List<Prediction> predictions = new ArrayList<>();
        List<float[]> features = familiar == null && explainer == null ? List.of() : features(output); // (N, D)
        for (int n = 0; n < values.length; n++) {
            Familiarity familiarity = familiar == null || !familiar.canTell() ? null : familiar.of(features.get(n));
            predictions.add(new Prediction(
                    model.clamp(values[n]),
                    classes.concepts(probabilities, n),
                    null,
                    familiarity,
                    null,
                    explainer == null ? null : explainer.explain(found, n, features.get(n))));
        }
        return calibration == null
                ? predictions
                : predictions.stream()
                        .map(raw -> calibration.calibrated(raw, attributes))
                        .toList();
    }

    public NumClipModel model() {
        return model;
    }

    public ClipPreprocessor preprocessor() {
        return preprocessor;
    }

    @Override
    public void close() {
        model.close();
    }
}
