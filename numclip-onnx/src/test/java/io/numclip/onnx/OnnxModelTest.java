package io.numclip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.ImageRegion;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.data.Region;
import io.numclip.head.ImageTextHead;
import io.numclip.head.SsrHead;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.runtime.OnnxModel;
import io.numclip.spi.HeadContext;
import io.numclip.testing.TinyClip;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.Difficulty;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.IntervalForm;
import io.numclip.uncertainty.NumberForm;
import io.numclip.uncertainty.Side;
import java.awt.image.BufferedImage;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of a model, opened without DJL, says what the model says. */
@Tag("ci")
class OnnxModelTest {

    private static final double CLOSE = 1e-5;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path STORED = Path.of("../numclip-runtime/src/test/resources");

    @TempDir
    private Path folder;

    @Test
    void everyFieldOfAPredictionIsTheSame() throws Exception {
        try (TrainedModel plain = model(SmallModel.SCALE)) {
            TrainedModel model = calibrated(plain);
            Path file = exported(model);
            if (Boolean.getBoolean("golden.write")) {
                store(model.predictor(), file);
            }
            try (OnnxModel opened = OnnxModel.open(file)) {
                assertThat(opened.scale()).isEqualTo(SmallModel.SCALE);
                assertThat(opened.bins()).isEqualTo(SmallModel.CONCEPTS);
                assertThat(opened.coverage()).contains(0.9);
                List<Prediction> found = opened.predict(images());
                List<Prediction> expected = predicted(model.predictor());
                assertThat(expected).extracting(Prediction::isStrange).contains(true, false);
                assertThat(found)
                        .usingRecursiveComparison()
                        .withEqualsForType((one, other) -> Math.abs(one - other) <= 90 * CLOSE, Double.class)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void withoutACalibrationThereIsTheNumberAlone() throws Exception {
        try (TrainedModel model = model(new LabelScale(0, 90, "units", true))) {
            try (OnnxModel opened = OnnxModel.open(exported(model))) {
                Prediction found = opened.predict(images().get(0));
                assertThat(found.interval()).isEmpty();
                assertThat(found.familiarity()).isNull();
                assertThat(found.value() % 1).isZero();
                assertThat(opened.coverage()).isEmpty();
            }
        }
    }

    @Test
    void neitherCompanyNorThreadsChangeABit() throws Exception {
        try (TrainedModel plain = model(SmallModel.SCALE);
                OnnxModel opened = OnnxModel.open(exported(calibrated(plain)))) {
            List<Prediction> alone = images().stream().map(opened::predict).toList();
            for (int count = 0; count <= alone.size(); count++) {
                assertThat(opened.predict(images().subList(0, count))).isEqualTo(alone.subList(0, count));
            }
            List<List<Prediction>> together = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(thread -> images().stream().map(opened::predict).toList())
                    .toList();
            assertThat(together).allSatisfy(each -> assertThat(each).isEqualTo(alone));
        }
    }

    @Test
    void anImageThatCannotBeReadEndsNothing() throws Exception {
        try (TrainedModel model = model(SmallModel.SCALE);
                OnnxModel opened = OnnxModel.open(exported(model))) {
            List<BufferedImage> images = images();
            byte[] none = {1, 2, 3};
            List<Prediction> found = opened.predict(List.of(images.get(1), none, images.get(2), none, images.get(0)));
            assertThat(found).extracting(Prediction::isFailed).containsExactly(false, true, false, true, false);
            assertThat(List.of(found.get(0), found.get(2), found.get(4)))
                    .isEqualTo(opened.predict(List.of(images.get(1), images.get(2), images.get(0))));
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> opened.predict(folder.resolve("none.png")))
                    .withMessage(folder.resolve("none.png") + ": there is no such file");
        }
    }

    @Test
    void aRegionHasTheNumberOfAnImageThatIsCutBeforehand() throws Exception {
        try (TrainedModel model = model(SmallModel.SCALE);
                OnnxModel opened = OnnxModel.open(exported(model))) {
            BufferedImage whole = images().get(0);
            Region region = new Region(1, 2, whole.getWidth() - 3, whole.getHeight() - 4);
            Prediction cut = opened.predict(whole.getSubimage(1, 2, region.width(), region.height()));
            assertThat(opened.predict(whole, region)).isEqualTo(cut).isNotEqualTo(opened.predict(whole));
            assertThat(opened.predict(List.of(new ImageRegion(whole, region)))).containsExactly(cut);
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> opened.predict(whole, new Region(0, 0, 9999, 1)))
                    .withMessageStartingWith("the image: left + width is 9999, outside the upright picture of ");
        }
    }

    @Test
    void whatIsNoModelOfOursIsRefused() throws Exception {
        Path text = Files.writeString(folder.resolve("text.onnx"), "no model");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OnnxModel.open(text))
                .withMessageStartingWith(text + ": ONNX Runtime cannot read it: ")
                .returns(Kind.DATA, NumClipException::kind);
        Path foreign = written("foreign.onnx", Map.of());
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OnnxModel.open(foreign))
                .withMessage(foreign + ": no model of NumCLIP: its metadata lack numclip.preprocessing");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OnnxModel.open(folder.resolve("none.onnx")))
                .returns(Kind.MISSING, NumClipException::kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "[{}]", "null", "[{\"concept\":\"few\",\"lower\":1,\"upper\":0,\"anchor\":0}]"})
    void damagedMetadataAreRefused(String concepts) throws Exception {
        String scale = "{\"minimum\":0,\"maximum\":1,\"unit\":\"units\",\"wholeNumbers\":false}";
        Path damaged = written(
                "damaged.onnx",
                Map.of("numclip.preprocessing", "{}", "numclip.scale", scale, "numclip.concepts", concepts));
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OnnxModel.open(damaged))
                .withMessageStartingWith(damaged + ": damaged: ")
                .returns(Kind.DATA, NumClipException::kind);
    }

    private Path written(String name, Map<String, String> metadata) throws Exception {
        Path file = folder.resolve(name);
        Graph graph = new Graph();
        graph.output(graph.add(graph.input("pixels", 1), graph.number(1)), "value", 1);
        try (OutputStream out = Files.newOutputStream(file)) {
            graph.model("1", metadata).writeTo(out);
        }
        return file;
    }

    private TrainedModel model(LabelScale scale) throws Exception {
        HeadContext context = new HeadContext(SmallModel.CONCEPTS, TinyClip.EMBED_DIM);
        return SmallModel.of(
                SmallModel.plain(),
                SmallModel.CONCEPTS,
                new ImageTextHead.Factory().create(new ImageTextHead.Config(), context),
                new SsrHead.Factory().create(new SsrHead.Factory().defaults(), context),
                scale,
                Files.createTempDirectory(folder, "model"));
    }

    /** With everything that a calibration may have; every third image is strange. */
    private static TrainedModel calibrated(TrainedModel model) throws Exception {
        NumClipPredictor predictor = model.predictor();
        float[][] features =
                images().stream().map(image -> feature(predictor, image)).toArray(float[][]::new);
        float[][] training =
                IntStream.range(0, 24).mapToObj(n -> features[n % 3]).toArray(float[][]::new);
        float[] labels = new float[training.length];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = 3.5f * n;
        }
        float[] distances = new float[40];
        for (int n = 0; n < distances.length; n++) {
            distances[n] = 0.001f * n + 0.0005f;
        }
        FamiliarImages familiar = new FamiliarImages(training, distances, 0.05, 40, null, labels);
        return new TrainedModel(
                predictor.marking(familiar).calibrated(calibration()),
                model.scale(),
                model.digest(),
                model.trained(),
                model.words(),
                model.regions());
    }

    private static Calibration calibration() {
        return new Calibration(
                0.9,
                100,
                1.3,
                new Difficulty(1, perConcept(1), perConcept(1)),
                3,
                1.2,
                perConcept(0),
                null,
                null,
                null,
                null,
                new NumberForm(false, List.of(0.5, 1.5), null),
                0,
                90,
                null,
                IntervalForm.NORMALISED,
                9,
                List.of(new Cut(Side.BELOW, 18, 0.01, 120, 120, 24.5)));
    }

    private static List<Double> perConcept(int more) {
        return Collections.nCopies(SmallModel.CONCEPTS.size() + more, 1.0);
    }

    private static float[] feature(NumClipPredictor predictor, BufferedImage image) {
        try (NDManager scope = predictor.model().imageTower().manager().newSubManager()) {
            float[] pixels = predictor.preprocessor().pixels(image);
            int side = predictor.preprocessor().height();
            return predictor
                    .features(predictor.model().encodeImages(scope.create(pixels, new Shape(1, 3, side, side)), false))
                    .get(0);
        }
    }

    private static List<Prediction> predicted(NumClipPredictor predictor) {
        return images().stream()
                .map(image -> {
                    try (NDManager scope =
                            predictor.model().imageTower().manager().newSubManager()) {
                        int side = predictor.preprocessor().height();
                        return predictor
                                .predictPixels(scope.create(
                                        predictor.preprocessor().pixels(image), new Shape(1, 3, side, side)))
                                .get(0);
                    }
                })
                .toList();
    }

    private Path exported(TrainedModel model) throws Exception {
        Path file = Files.createTempDirectory(folder, "exported").resolve("model.onnx");
        OnnxExport.write(model, file);
        return file;
    }

    private static void store(NumClipPredictor predictor, Path file) throws Exception {
        Files.createDirectories(STORED);
        Files.copy(file, STORED.resolve("small.onnx"), StandardCopyOption.REPLACE_EXISTING);
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(STORED.resolve("predictions.json").toFile(), predicted(predictor));
    }

    private static List<BufferedImage> images() {
        return IntStream.range(0, 9).mapToObj(OnnxModelTest::image).toList();
    }

    /** As the test of numclip-runtime draws them, too. */
    private static BufferedImage image(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(20 + seed, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.getWidth() * 30; i++) {
            image.setRGB(i % image.getWidth(), i / image.getWidth(), random.nextInt(1 << 24));
        }
        return image;
    }
}
