package io.numclip.host.run;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.ClipTokenizer;
import io.numclip.clip.TextTower;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.features.FeatureCache;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.training.WeightedLoss;
import java.util.List;

/**
 * All parts of a run, built but not trained. Closing it frees the network.
 *
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
        ClipTokenizer tokenizer,
        TextTower textTower,
        NumClipModel model,
        List<WeightedLoss> losses,
        ModelDescription description)
        implements AutoCloseable {

    public ClipPreprocessor preprocessor() {
        return features.preprocessor();
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
