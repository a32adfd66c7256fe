package io.numclip.runner.label;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.kernel.Devices;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.host.assembly.SharedModels;
import io.numclip.host.label.AskedScale;
import io.numclip.host.label.AskedScale.Concept;
import io.numclip.host.label.LabelImages;
import io.numclip.host.label.LabelLists;
import io.numclip.host.message.Console;
import io.numclip.image.Background;
import io.numclip.image.ImageFile;
import io.numclip.input.Budget;
import io.numclip.machine.MachineMemory;
import io.numclip.model.BaseModel;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.terminal.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Looks at all images once, with a CLIP. */
record Looked(Console console, Path folder, String backbone) {

    private static final double SHARPNESS = 100; // of CLIP's logits

    /** @param withWords whether the scale's words are to place the images on it */
    LabelImages images(Inputs.Found found, AskedScale scale, boolean withWords) throws IOException {
        List<LabeledImage> all = found.images().stream()
                .map(image -> new LabeledImage(name(image.file()), new ImageFile(image.file()), 0, Map.of()))
                .toList();
        List<String> names = new ArrayList<>();
        List<float[]> features = new ArrayList<>();
        try (TrainingProgress progress = new TrainingProgress(console, !console.terminal())) {
            ImageFeatures encoded = encoded(all, progress);
            IntStream.range(0, all.size()).filter(encoded::isPresent).forEach(i -> {
                float[] row = new float[encoded.dimension()];
                encoded.copyTo(i, row, 0);
                names.add(all.get(i).name());
                features.add(unit(row));
            });
        }
        refuseTooFew(names);
        boolean reads = withWords && scale.concepts().size() > 1;
        double[] guesses = reads ? guesses(features, scale.concepts()) : new double[names.size()];
        return new LabelImages(names, features.toArray(float[][]::new), guesses);
    }

    /** From the cache, as far as they are in it. */
    private ImageFeatures encoded(List<LabeledImage> all, TrainingProgress progress) throws IOException {
        BaseModel base = new SharedModels().base(backbone);
        try (ImageTower tower = ImageTower.load(base.directory(), Devices.parse("auto"), Precision.AUTO)) {
            FeatureCache cache = FeatureCache.of(
                    base.giving(tower.layout()), tower.precision(), ClipDirectory.preprocessor(base.directory()));
            int batch = Budget.fittingBatch(ClipEmbeddings.USUAL_BATCH, tower.memory(), MachineMemory.read(), 1);
            return cache.features(tower, all, batch, progress);
        }
    }

    private String name(Path file) {
        return LabelLists.relative(folder.resolve("list"), file);
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
    private double[] guesses(List<float[]> features, List<Concept> concepts) throws IOException {
        List<float[]> words = words(concepts);
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

    private List<float[]> words(List<Concept> concepts) throws IOException {
        try (ClipEmbeddings clip = ClipEmbeddings.open(backbone, "auto", Precision.AUTO, Background.NONE)) {
            return clip.texts(concepts.stream().map(Concept::text).toList()).stream()
                    .map(text -> unit(text.embedding()))
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

    private static float[] unit(float... row) {
        double length = Math.sqrt(product(row, row));
        float[] unit = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            unit[i] = (float) (row[i] / Math.max(length, Float.MIN_NORMAL));
        }
        return unit;
    }
}
