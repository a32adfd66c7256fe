package io.numclip.runner.label;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.embedding.ClipEmbeddings.TextEmbedding;
import io.numclip.host.label.AskedScale;
import io.numclip.host.label.AskedScale.Concept;
import io.numclip.host.label.LabelImages;
import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import io.numclip.image.Background;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.terminal.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Looks at all images once, with a CLIP. */
record Looked(Console console, Path folder, String backbone) {

    private static final int SHOWN = 5;
    private static final double SHARPNESS = 100; // of CLIP's logits

    /** @param withWords whether the scale's words are to place the images on it */
    LabelImages images(Inputs.Found found, AskedScale scale, boolean withWords) throws IOException {
        List<String> names = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean reads = withWords && scale.concepts().size() > 1;
        try (ClipEmbeddings clip = open(reads);
                TrainingProgress progress = new TrainingProgress(console, !console.terminal())) {
            clip.images(found.contents(), clip.batch(), (index, embedded) -> {
                String name = name(found.images().get(index).file());
                String problem = embedded.problem();
                if (problem == null) {
                    names.add(name);
                    features.add(unit(Objects.requireNonNull(embedded.features())));
                } else {
                    problems.add(PlainText.printable(name + ": " + problem));
                }
                progress.imagesEncoded(index + 1, found.images().size());
            });
            tell(problems);
            refuseTooFew(names);
            double[] guesses = reads ? guesses(features, scale.concepts(), clip) : new double[names.size()];
            return new LabelImages(names, features.toArray(float[][]::new), guesses);
        }
    }

    private ClipEmbeddings open(boolean reads) throws IOException {
        return reads
                ? ClipEmbeddings.open(backbone, "auto", Precision.AUTO, Background.NONE)
                : ClipEmbeddings.openForImages(backbone, "auto", Precision.AUTO, Background.NONE);
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private void tell(List<String> problems) {
        problems.stream().limit(SHOWN).forEach(problem -> console.err().println("left out " + problem));
        if (problems.size() > SHOWN) {
            console.err().println("and " + (problems.size() - SHOWN) + " more that cannot be read");
        }
        console.err().flush();
    }

    private void refuseTooFew(List<String> names) {
        if (names.size() < 2) {
            throw new NumClipException(
                    Kind.DATA,
                    folder + ": fewer than two images can be read",
                    "name a folder with images; what was left out is said above");
        }
    }

    /** The mean of the numbers of all words, each as likely as the untrained CLIP thinks (N). */
    private static double[] guesses(List<float[]> features, List<Concept> concepts, ClipEmbeddings clip) {
        List<float[]> words = clip.texts(concepts.stream().map(Concept::text).toList()).stream()
                .map(TextEmbedding::embedding)
                .map(Looked::unit)
                .toList();
        return features.stream()
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

    private static double product(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }

    private static float[] unit(float... row) {
        double length = Math.sqrt(product(row, row));
        float[] unit = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            unit[i] = (float) (row[i] / Math.max(length, Float.MIN_NORMAL));
        }
        return unit;
    }
}
