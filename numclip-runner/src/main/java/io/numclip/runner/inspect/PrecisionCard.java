package io.numclip.runner.inspect;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ModelSource;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.message.PlainText;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunFolder;
import io.numclip.host.run.ClipEmbeddings;
import io.numclip.host.run.TestRun;
import io.numclip.host.run.TrainedModel;
import io.numclip.image.Background;
import io.numclip.runner.inputs.Inputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * What a precision does to features, and to the errors of a trained model, beside float32; both on the CPU.
 *
 * @param skipped told of images that cannot be read
 */
record PrecisionCard(
        PluginCatalog catalog, Precision precision, Inputs.Found found, BiConsumer<String, String> skipped) {

    private static final String DEVICE = "cpu";

    /** Of the image tower of a CLIP. */
    Map<String, String> ofClip(String model) throws IOException {
        ModelSource source = ModelSource.parse(model);
        List<float[]> exact;
        try (ClipEmbeddings clip = open(source, Precision.FP32)) {
            exact = features(clip);
        }
        try (ClipEmbeddings clip = open(source, precision)) {
            return card(exact, features(clip));
        }
    }

    private static ClipEmbeddings open(ModelSource source, Precision precision) throws IOException {
        return ClipEmbeddings.openForImages(source.reference(), DEVICE, precision, Background.NONE);
    }

    /** Of the image tower of an exported model, which has no test images. */
    Map<String, String> ofHandedOn(Path folder) throws IOException {
        List<float[]> exact = handedOn(folder, Precision.FP32);
        return card(exact, handedOn(folder, precision));
    }

    private List<float[]> handedOn(Path folder, Precision in) throws IOException {
        try (TrainedModel model = TrainedModel.open(folder, catalog, new TrainedModel.Options(DEVICE, in, null))) {
            return features(ClipEmbeddings.of(model));
        }
    }

    /** Of a run: of its image tower, if there are images, and its error on its test images. */
    Map<String, String> ofRun(RunFolder run) throws IOException {
        Measured exact = measured(run, Precision.FP32);
        Measured rounded = measured(run, precision);
        Map<String, String> card =
                found.images().isEmpty() ? new LinkedHashMap<>() : card(exact.features(), rounded.features());
        card.put("MAE, " + PlainText.counted(exact.count(), "test image"), mae(exact, rounded));
        return card;
    }

    private record Measured(List<float[]> features, int count, double mae, String unit) {}

    private Measured measured(RunFolder run, Precision in) throws IOException {
        ExperimentConfig config =
                new ExperimentReader(catalog).read(run.config().toString(), List.of());
        TrainedModel.Options options = new TrainedModel.Options(DEVICE, in, null);
        try (TrainedModel model = TrainedModel.open(run.model(), catalog, options)) {
            Comparison tested =
                    TestRun.run(config, model, Split.TEST, skipped::accept).comparison();
            return new Measured(
                    features(ClipEmbeddings.of(model)),
                    tested.count(),
                    tested.trained().mae(),
                    model.scale().unit());
        }
    }

    private String mae(Measured exact, Measured rounded) {
        return String.format(
                Locale.ROOT,
                "%.4f %s in fp32, %.4f in %s: %+.2f %%",
                exact.mae(),
                exact.unit(),
                rounded.mae(),
                precision,
                100 * (rounded.mae() / exact.mae() - 1));
    }

    private List<float[]> features(ClipEmbeddings clip) throws IOException {
        List<float[]> features = new ArrayList<>();
        clip.images(found.contents(), clip.batch(), (index, embedded) -> {
            if (embedded.features() == null) {
                skipped.accept(found.images().get(index).name(), String.valueOf(embedded.problem()));
            } else {
                features.add(embedded.features());
            }
        });
        return features;
    }

    private boolean isNoneThere() {
        return found.images().stream().allMatch(image -> image.problem() == null && !Files.exists(image.file()));
    }

    private Map<String, String> card(List<float[]> exact, List<float[]> rounded) {
        if (exact.isEmpty()) {
            throw new NumClipException(
                    isNoneThere() ? Kind.MISSING : Kind.DATA,
                    "none of the images can be read",
                    "Name others with --image.");
        }
        Agreement agreement = Agreement.of(exact, rounded);
        Map<String, String> card = new LinkedHashMap<>();
        card.put("images", String.valueOf(agreement.images()));
        card.put(
                precision + " and fp32",
                String.format(
                        Locale.ROOT,
                        "cosine of an image in both: lowest %.5f, median %.5f",
                        agreement.lowest(),
                        agreement.median()));
        if (agreement.images() > 1) {
            card.put(
                    "for comparison",
                    String.format(
                            Locale.ROOT, "cosine of different images in fp32: median %.3f", agreement.ofOthers()));
        }
        return card;
    }
}
