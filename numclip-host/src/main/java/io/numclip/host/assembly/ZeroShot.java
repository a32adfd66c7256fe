package io.numclip.host.assembly;

import io.numclip.clip.tower.ImageTower;
import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.model.ImageAdapter;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.PromptLearner;
import io.numclip.spi.NumberPrompts;
import java.util.List;

/** The untrained CLIP as a NumCLIP model: fixed prompts, no adapter, a head without parameters. */
public final class ZeroShot {

    private ZeroShot() {}

    /** A predictor with the concepts of the recipe. */
    public static NumClipPredictor byConcepts(Experiment experiment) {
        NumberPrompts wording = Components.prompts(experiment.config().prompts());
        return predictor(experiment, experiment.bins(), wording.isContextRandom() ? ZeroShot::bare : wording);
    }

    /** A predictor with one word for every number; its predictions are in concepts. */
    public static NumClipPredictor byNumbers(Experiment experiment) {
        Ranks ranks = new Ranks(experiment.config().zeroShot(), experiment.scale());
        return predictor(experiment, ranks.bins(experiment.data().labels(Split.TRAIN)), ranks::prompts);
    }

    /** A random context has no words, so the concepts stand alone. */
    private static List<NumberPrompt> bare(Bins bins) {
        return sentences("", bins);
    }

    private static List<NumberPrompt> sentences(String context, Bins bins) {
        return bins.concepts().stream()
                .map(word -> new NumberPrompt(context, word))
                .toList();
    }

    private static NumClipPredictor predictor(Experiment experiment, Bins bins, NumberPrompts wording) {
        ImageTower imageTower = experiment.model().imageTower();
        PromptLearner prompts = new PromptLearner(wording, bins, experiment.tokenizer(), experiment.textTower(), 0);
        ImageAdapter none =
                new ImageAdapter(ImageAdapter.Config.none(), imageTower.embedDim(), 0, imageTower.manager());
        ExperimentConfig.ZeroShot chosen = experiment.config().zeroShot();
        NumClipModel.Heads heads = Components.heads(chosen.coarseHead(), chosen.fineHead(), bins, imageTower.layout());
        NumClipModel model =
                new NumClipModel(imageTower, prompts, none, heads, bins, experiment.bins(), experiment.scale(), 0);
        return new NumClipPredictor(model, experiment.preprocessor());
    }
}
