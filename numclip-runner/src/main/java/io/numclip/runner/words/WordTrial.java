package io.numclip.runner.words;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumberPrompt;
import io.numclip.data.Split;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.features.ImageFeatures;
import io.numclip.host.assembly.Components;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ZeroShot;
import io.numclip.model.NumClipModel;
import io.numclip.model.PromptLearner;
import io.numclip.spi.NumberPrompts;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Tries candidate words and templates on the untrained CLIP: chooses on a few training images and measures on other
 * images. It never chooses on test images.
 */
public final class WordTrial {

    private static final int SENTENCES_AT_ONCE = 256;

    private final Experiment experiment;
    private final int choosing;
    private final TrainingListener listener;

    private WordTrial(Experiment experiment, int choosing, TrainingListener listener) {
        this.experiment = experiment;
        this.choosing = choosing;
        this.listener = listener;
    }

    /**
     * Chooses among the candidates, and compares the choice with the recipe on the validation images.
     *
     * @param choosing how many training images to choose on, sampled with the run's seed
     */
    public static WordResult run(Experiment experiment, Candidates candidates, int choosing, TrainingListener listener)
            throws IOException {
        return new WordTrial(experiment, choosing, listener).run(candidates);
    }

    /** The recipe's own prompts as templates; none if they are not words around the concept. */
    public static List<String> recipeTemplates(Experiment experiment) {
        NumberPrompts wording = Components.prompts(experiment.config().prompts());
        Bins bins = experiment.bins();
        if (wording.isContextRandom() || wording.interpolation(bins).length > 0) {
            return List.of();
        }
        List<NumberPrompt> prompts = wording.promptsFor(bins);
        List<String> templates = new ArrayList<>();
        for (int first = 0; first < prompts.size(); first += bins.size()) {
            String template = template(prompts.get(first));
            List<NumberPrompt> expected = bins.concepts().stream()
                    .map(word -> NumberPrompt.of(template, word))
                    .toList();
            if (expected.equals(prompts.subList(first, first + bins.size()))) {
                templates.add(template);
            }
        }
        return templates;
    }

    private static String template(NumberPrompt prompt) {
        return new NumberPrompt(prompt.context(), "{}", prompt.ending()).sentence();
    }

    private WordResult run(Candidates candidates) throws IOException {
        SeenImages training = see(chosen(experiment.data().images(Split.TRAIN)));
        SeenImages heldOut = see(experiment.data().images(Split.VALIDATION));
        List<float[]> recipe = recipePrototypes();
        WordSearch search = new WordSearch(candidates, read(candidates), training);
        Wording single = search.single();
        Wording ensemble = search.ensemble(single);
        PairedComparison comparison =
                PairedComparison.of(search.hits(ensemble, heldOut), heldOut.hits(recipe), Resampling.defaults());
        return new WordResult(
                experiment.bins(),
                candidates,
                new WordResult.Scores(Score.of(recipe, training), Score.of(recipe, heldOut)),
                new WordResult.Scores(search.score(single, training), search.score(single, heldOut)),
                new WordResult.Scores(search.score(ensemble, training), search.score(ensemble, heldOut)),
                ensemble,
                comparison);
    }

    private List<LabeledImage> chosen(List<LabeledImage> training) {
        List<LabeledImage> shuffled = new ArrayList<>(training);
        Collections.shuffle(shuffled, new Random(experiment.config().training().seed()));
        return shuffled.subList(0, Math.min(choosing, shuffled.size()));
    }

    /** Images that cannot be read are left out and reported to the listener. */
    private SeenImages see(List<LabeledImage> images) throws IOException {
        ImageFeatures features = experiment
                .features()
                .features(
                        experiment.model().imageTower(),
                        images,
                        experiment.config().training().batchSize(),
                        listener);
        List<float[]> present = new ArrayList<>();
        List<Integer> bins = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            if (features.isPresent(i)) {
                float[] row = new float[features.dimension()];
                features.copyTo(i, row, 0);
                present.add(Arrays.copyOf(row, experiment.model().imageTower().embedDim()));
                bins.add(experiment.bins().indexOf(images.get(i).label()));
            }
        }
        return new SeenImages(present, bins);
    }

    private List<float[]> recipePrototypes() {
        NumClipModel zeroShot = ZeroShot.byConcepts(experiment).model();
        return rows(zeroShot.prototypes());
    }

    private ReadSentences read(Candidates candidates) {
        List<String> words = candidates.words().stream().flatMap(List::stream).toList();
        List<NumberPrompt> prompts = candidates.templates().stream()
                .flatMap(template -> words.stream().map(word -> NumberPrompt.of(template, word)))
                .toList();
        List<float[]> features = new ArrayList<>();
        for (int first = 0; first < prompts.size(); first += SENTENCES_AT_ONCE) {
            features.addAll(read(prompts.subList(first, Math.min(prompts.size(), first + SENTENCES_AT_ONCE))));
        }
        List<List<float[]>> byTemplate = new ArrayList<>();
        for (int first = 0; first < features.size(); first += words.size()) {
            byTemplate.add(features.subList(first, first + words.size()));
        }
        return new ReadSentences(byTemplate);
    }

    private List<float[]> read(List<NumberPrompt> prompts) {
        try (NDManager scope = experiment.model().imageTower().manager().newSubManager()) {
            PromptLearner sentences = new PromptLearner(prompts, experiment.tokenizer(), experiment.textTower());
            return rows(sentences.textFeatures(scope, false)); // (sentences, D)
        }
    }

    private static List<float[]> rows(NDArray matrix) {
        int width = Math.toIntExact(matrix.getShape().get(1));
        float[] all = matrix.toFloatArray();
        List<float[]> rows = new ArrayList<>();
        for (int start = 0; start < all.length; start += width) {
            float[] row = new float[width];
            System.arraycopy(all, start, row, 0, width);
            rows.add(row);
        }
        return rows;
    }
}
