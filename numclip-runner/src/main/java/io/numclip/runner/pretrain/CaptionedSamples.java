package io.numclip.runner.pretrain;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumberPrompt;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.run.Components;
import io.numclip.model.PromptSentences;
import io.numclip.spi.NumberPrompts;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a CLIP is pretrained on: sample images of several tasks, with captions that name concepts.
 *
 * @param images each with the attribute {@link LabeledImage#CAPTION}
 * @param texts for the vocabulary: every caption, and the number words, so that it has words that hardly ever occur in
 *     captions
 */
public record CaptionedSamples(List<LabeledImage> images, List<String> texts) {

    /** One image in this many has the task's own prompt as its caption, the others the caption of their sample. */
    private static final int PROMPT_EVERY = 3;

    /** @param configs of the tasks; their training samples are used */
    public static CaptionedSamples of(List<ExperimentConfig> configs) throws IOException {
        List<LabeledImage> images = new ArrayList<>();
        Set<String> texts = new LinkedHashSet<>();
        for (ExperimentConfig config : configs) {
            OrdinalTask task = Components.task(config.task());
            List<LabeledImage> captioned = captioned(config, task);
            images.addAll(captioned);
            captioned.forEach(image -> texts.add(image.attributes().get(LabeledImage.CAPTION)));
            texts.addAll(numberSentences(config.zeroShot(), task.scale()));
        }
        return new CaptionedSamples(images, List.copyOf(texts));
    }

    private static List<LabeledImage> captioned(ExperimentConfig config, OrdinalTask task) throws IOException {
        List<LabeledImage> samples = task.images(Split.TRAIN);
        double[] labels = samples.stream().mapToDouble(LabeledImage::label).toArray();
        Bins bins = Components.binning(config.binning(), task.scale()).fit(labels);
        NumberPrompts wording = Components.prompts(config.prompts());
        PromptSentences sentences = PromptSentences.of(wording, bins);
        List<LabeledImage> captioned = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            LabeledImage sample = samples.get(i);
            boolean byPrompt = i % PROMPT_EVERY == 0;
            captioned.add(byPrompt ? withCaption(sample, sentences.text(bins.indexOf(labels[i]))) : sample);
        }
        return captioned;
    }

    private static LabeledImage withCaption(LabeledImage sample, String caption) {
        Map<String, String> attributes = new HashMap<>(sample.attributes());
        attributes.put(LabeledImage.CAPTION, caption);
        return new LabeledImage(sample.name(), sample.source(), sample.label(), attributes);
    }

    private static List<String> numberSentences(ExperimentConfig.ZeroShot zeroShot, LabelScale scale) {
        Bins numbers = Components.binning(zeroShot.binning(), scale).fit(new double[0]);
        return numbers.concepts().stream()
                .map(word -> new NumberPrompt(zeroShot.numberContext(), word).sentence())
                .toList();
    }
}
