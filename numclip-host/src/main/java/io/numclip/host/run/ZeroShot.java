package io.numclip.host.run;

import io.numclip.clip.ImageTower;
import io.numclip.data.Bins;
import io.numclip.data.NumberPrompt;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.model.ImageAdapter;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.PromptLearner;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.NumberPrompts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The untrained CLIP as a NumCLIP model: fixed prompts, no adapter, a head without parameters. */
public final class ZeroShot {

    private ZeroShot() {}

    /** With the concepts of the recipe. */
    public static NumClipPredictor byConcepts(Experiment experiment) {
        NumberPrompts wording = Components.prompts(experiment.config().prompts());
        return predictor(experiment, experiment.bins(), wording.isContextRandom() ? ZeroShot::bare : wording);
    }

    /** With one word for every number. */
    static NumClipPredictor byNumbers(Experiment experiment) {
        ExperimentConfig.ZeroShot zeroShot = experiment.config().zeroShot();
        Bins numbers = Components.binning(zeroShot.binning(), experiment.scale())
                .fit(experiment.data().labels(Split.TRAIN));
        return predictor(experiment, numbers, bins -> sentences(zeroShot.numberContext(), bins));
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

    /** The same prediction in terms of other bins: each bin gets the probabilities of the numbers in it. */
    static Prediction into(Bins bins, Bins from, Prediction prediction) {
        double[] sums = new double[bins.size()];
        for (int i = 0; i < from.size(); i++) {
            sums[bins.indexOf(from.get(i).anchor())] +=
                    prediction.concepts().get(i).probability();
        }
        double total = Arrays.stream(sums).sum();
        List<Prediction.Concept> concepts = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            concepts.add(new Prediction.Concept(bins.get(i).concept(), sums[i] / total));
        }
        return new Prediction(prediction.value(), concepts);
    }

    private static NumClipPredictor predictor(Experiment experiment, Bins bins, NumberPrompts wording) {
        ImageTower imageTower = experiment.model().imageTower();
        PromptLearner concepts = new PromptLearner(wording, bins, experiment.tokenizer(), experiment.textTower(), 0);
        ImageAdapter none =
                new ImageAdapter(ImageAdapter.Config.none(), imageTower.embedDim(), 0, imageTower.manager());
        ExperimentConfig.ZeroShot chosen = experiment.config().zeroShot();
        CoarseHead coarseHead =
                Components.coarseHead(chosen.coarseHead(), new HeadContext(bins, imageTower.embedDim()));
        FineHead fineHead = Components.fineHead(chosen.fineHead(), new HeadContext(bins, imageTower.embedDim()));
        NumClipModel model = new NumClipModel(imageTower, concepts, none, coarseHead, fineHead, bins, 0);
        return new NumClipPredictor(model, experiment.preprocessor());
    }
}
