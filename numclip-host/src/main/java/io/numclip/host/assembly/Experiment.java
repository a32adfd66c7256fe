package io.numclip.host.assembly;

import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.TextTower;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.features.FeatureCache;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.model.ConceptFeatures;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.model.PromptLearner;
import io.numclip.spi.NumberPrompts;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingResult;
import io.numclip.training.WeightedLoss;
import io.numclip.training.progress.TrainingListener;
import io.numclip.training.store.TrainingStore;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All parts of a run, built but not trained. Closing it frees the network.
 *
 * @param words null: the model has an image tower only
 * @param features image features of the untrained image tower
 * @param pixels the images without a network, for yardsticks
 */
public record Experiment(
        ExperimentConfig config,
        LabelScale scale,
        ExperimentData data,
        Bins bins,
        FeatureCache features,
        FeatureCache pixels,
        @Nullable Words words,
        NumClipModel model,
        List<WeightedLoss> losses,
        ModelDescription description)
        implements AutoCloseable {

    /** The tokenizer and the tower that read sentences. */
    public record Words(ClipTokenizer tokenizer, TextTower textTower) {

        ConceptFeatures prompts(NumberPrompts wording, Bins classes, long seed) {
            return new PromptLearner(wording, classes, tokenizer, textTower, seed);
        }
    }

    public boolean hasWords() {
        return words != null;
    }

    public ClipTokenizer tokenizer() {
        return Objects.requireNonNull(words, "no text tower").tokenizer();
    }

    public TextTower textTower() {
        return Objects.requireNonNull(words, "no text tower").textTower();
    }

    public ClipPreprocessor preprocessor() {
        return features.preprocessor();
    }

    /** Trains the network on the images of the experiment. */
    public TrainingResult train(TrainingStore store, TrainingListener listener) throws IOException {
        return train(store, listener, data.images(Split.TRAIN), data.images(Split.VALIDATION));
    }

    /** @param validation images that choose the best epoch */
    public TrainingResult train(
            TrainingStore store, TrainingListener listener, List<LabeledImage> train, List<LabeledImage> validation)
            throws IOException {
        return trainer(config.orderedTraining(), store, listener).fit(train, validation);
    }

    Trainer trainer(TrainingConfig training, TrainingStore store, TrainingListener listener) {
        return new Trainer(model, description, losses, training, features, store, listener);
    }

    @Override
    public void close() {
        model.close();
        if (words != null) {
            words.tokenizer().close();
        }
    }
}
