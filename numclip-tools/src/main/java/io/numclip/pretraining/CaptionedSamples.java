package io.numclip.pretraining;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumberPrompt;
import io.numclip.data.Split;
import io.numclip.host.assembly.Components;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.input.Stopping;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Sample images of several tasks, with captions that name concepts in many words, and never a prompt of the task's recipe.
 *
 * @param images each with the attribute {@link LabeledImage#CAPTION}
 * @param texts for the vocabulary: every caption, and the number words, so that it has words that hardly ever occur in
 *     captions
 * @param unseen what was held out: task, {@code label}, and its value, sorted
 */
record CaptionedSamples(List<LabeledImage> images, List<String> texts, SortedSet<String> unseen) {

    static final CaptionedSamples NONE = new CaptionedSamples(List.of(), List.of(), new TreeSet<>());

    /**
     * Takes from the training samples of each task those that are not held out.
     *
     * @param each how many of a task, at most
     */
    static CaptionedSamples of(List<ExperimentConfig> configs, int each, HeldOut heldOut, long seed)
            throws IOException {
        List<LabeledImage> images = new ArrayList<>();
        Set<String> texts = new LinkedHashSet<>();
        SortedSet<String> unseen = new TreeSet<>();
        PlainWords words = PlainWords.load();
        for (ExperimentConfig config : configs) {
            OrdinalTask task = Components.task(config);
            List<LabeledImage> samples = shown(task, config.task().type(), each, heldOut, unseen);
            List<LabeledImage> captioned = captioned(samples, config, task.scale(), words, seed);
            images.addAll(captioned);
            captioned.forEach(image -> texts.add(image.attributes().get(LabeledImage.CAPTION)));
            texts.addAll(numberSentences(config.zeroShot(), task.scale()));
        }
        return new CaptionedSamples(images, List.copyOf(texts), unseen);
    }

    /** Drawing one takes some 10 µs, and there may be a million. */
    private static List<LabeledImage> shown(
            OrdinalTask task, String type, int each, HeldOut heldOut, Set<String> unseen) throws IOException {
        return task.images(Split.TRAIN).stream()
                .filter(image -> {
                    Stopping.ifAsked();
                    Optional<String> held = heldOut.of(type, image.label());
                    held.ifPresent(unseen::add);
                    return held.isEmpty();
                })
                .limit(each)
                .toList();
    }

    private static List<LabeledImage> captioned(
            List<LabeledImage> samples, ExperimentConfig config, LabelScale scale, PlainWords words, long seed) {
        double[] labels = samples.stream().mapToDouble(LabeledImage::label).toArray();
        Bins bins = Components.binning(config.binning(), scale).fit(labels);
        List<String> contexts = Components.prompts(config.prompts()).promptsFor(bins).stream()
                .map(NumberPrompt::context)
                .filter(context -> !context.isBlank())
                .distinct()
                .toList();
        List<LabeledImage> captioned = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            String concept = bins.get(bins.indexOf(labels[i])).concept();
            String own = samples.get(i).attributes().getOrDefault(LabeledImage.CAPTION, concept);
            String caption = contexts.stream().anyMatch(own::startsWith) ? concept : own;
            captioned.add(
                    withCaption(samples.get(i), words.reworded(caption, concept, new SplittableRandom(seed * 31 + i))));
        }
        return captioned;
    }

    private static LabeledImage withCaption(LabeledImage sample, String caption) {
        Map<String, String> attributes = new HashMap<>(sample.attributes());
        attributes.put(LabeledImage.CAPTION, caption);
        return new LabeledImage(sample.name(), sample.source(), sample.label(), attributes);
    }

    private static List<String> numberSentences(ExperimentConfig.ZeroShot zeroShot, LabelScale scale) {
        Bins numbers = Components.numberWords(zeroShot, scale).fit(new double[0]);
        return numbers.concepts().stream()
                .map(word -> new NumberPrompt(zeroShot.numberContext(), word).sentence())
                .toList();
    }
}
