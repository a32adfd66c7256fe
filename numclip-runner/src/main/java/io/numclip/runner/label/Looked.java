package io.numclip.runner.label;

import io.numclip.clip.Precision;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.host.assembly.FrozenFeatures;
import io.numclip.host.label.AskedScale;
import io.numclip.host.label.AskedScale.Concept;
import io.numclip.host.label.LabelImages;
import io.numclip.host.label.LabelLists;
import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import io.numclip.image.Background;
import io.numclip.image.ImageFile;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.terminal.TrainingProgress;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Looks at all images once, with a CLIP. */
record Looked(Console console, Path folder, String backbone) {

    private static final double SHARPNESS = 100; // of CLIP's logits

    /** @param withWords whether the scale's words are to place the images on it */
    LabelImages images(Inputs.Found found, AskedScale scale, boolean withWords) throws IOException {
        List<LabeledImage> all = found.images().stream()
                .map(image -> new LabeledImage(name(image.file()), new ImageFile(image.file()), 0, Map.of()))
                .toList();
        FrozenFeatures seen;
        try (TrainingProgress progress = new TrainingProgress(console, !console.terminal())) {
            seen = FrozenFeatures.of(backbone, all, progress);
        }
        int[] first = different(seen.rows());
        List<String> names =
                Arrays.stream(first).mapToObj(i -> seen.images().get(i).name()).toList();
        float[][] rows = Arrays.stream(first).mapToObj(i -> seen.rows()[i]).toArray(float[][]::new);
        sayAlike(seen.rows().length - rows.length);
        refuseTooFew(names);
        boolean reads = withWords && scale.concepts().size() > 1;
        double[] guesses = reads ? guesses(rows, scale.concepts()) : new double[names.size()];
        return new LabelImages(names, rows, guesses);
    }

    /** The first of all that are the same picture, by their features. */
    private static int[] different(float[]... rows) {
        Set<FloatBuffer> kinds = new HashSet<>();
        return IntStream.range(0, rows.length)
                .filter(i -> kinds.add(FloatBuffer.wrap(rows[i])))
                .toArray();
    }

    private void sayAlike(int left) {
        if (left > 0) {
            console.err().println(PlainText.counted(left, "image") + " left out: the same picture as another");
        }
    }

    private String name(Path file) {
        return LabelLists.relative(folder.resolve("list"), file);
    }

    private void refuseTooFew(List<String> names) {
        if (names.size() < 2) {
            throw new NumClipException(
                    Kind.DATA,
                    folder + ": fewer than two different images can be read",
                    "name a folder with images; what was left out is said above");
        }
    }

    /** The mean of the numbers of all words, each as likely as the untrained CLIP thinks (N). */
    private double[] guesses(float[][] features, List<Concept> concepts) throws IOException {
        List<float[]> words = words(concepts);
        return Arrays.stream(features)
                .mapToDouble(image -> {
                    double sum = 0;
                    double all = 0;
                    for (int i = 0; i < words.size(); i++) {
                        double share = Math.exp(SHARPNESS * (product(image, words.get(i)) - 1));
                        sum += share * concepts.get(i).at();
                        all += share;
                    }
                    return all > 0 ? sum / all : 0;
                })
                .toArray();
    }

    private List<float[]> words(List<Concept> concepts) throws IOException {
        try (ClipEmbeddings clip = ClipEmbeddings.open(backbone, "auto", Precision.AUTO, Background.NONE)) {
            return clip.texts(concepts.stream().map(Concept::text).toList()).stream()
                    .map(text -> FrozenFeatures.unit(text.embedding()))
                    .toList();
        }
    }

    private static double product(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }
}
