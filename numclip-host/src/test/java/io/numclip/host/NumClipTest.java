package io.numclip.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.numclip.clip.Precision;
import io.numclip.data.Explanation;
import io.numclip.data.ImageRegion;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Region;
import io.numclip.data.Uncertainty;
import io.numclip.golden.GoldenFigures;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.plugin.StoredModel;
import io.numclip.image.ImageFile;
import io.numclip.input.EngineListener;
import io.numclip.model.JointPredictor;
import io.numclip.model.NumClipPredictor;
import io.numclip.uncertainty.IntervalForm;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model whose head comes from a plugin, as an application uses it. */
class NumClipTest {

    @TempDir
    private Path folder;

    private PluginCatalog catalog;
    private NumClip model;

    @BeforeEach
    void open() throws IOException {
        catalog = StoredModel.catalog(folder.resolve("host"));
        model = NumClip.open(StoredModel.FOLDER, catalog, StoredModel.options());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void everyFormOfAnImageHasTheSameNumber() throws IOException {
        Path file = image(1);
        Prediction prediction = model.predict(file);
        assertThat(prediction.value()).isBetween(0.0, 100.0);
        assertThat(prediction.concepts())
                .extracting(Prediction.Concept::concept)
                .containsExactlyElementsOf(model.bins().concepts());
        assertThat(model.predict(Files.readAllBytes(file))).isEqualTo(prediction);
        assertThat(model.predict(ImageIO.read(file.toFile()))).isEqualTo(prediction);
        assertThat(model.scale().unit()).isEqualTo("percent");
    }

    @Test
    void wordsAloneAreAModelThatSaysSo() throws IOException {
        NumClip.Options clip = NumClip.Options.defaults().withBackbone(GoldenFigures.CLIP);
        try (NumClip words = NumClip.ofWords("dark=0, gray=5, bright=10", "shades", clip)) {
            assertThat(words.isFromWords()).isTrue();
            assertThat(words.isCalibrated()).isFalse();
            assertThat(words.scale().unit()).isEqualTo("shades");
            Prediction found = words.predict(image(1));
            assertThat(found.fields()).containsEntry("note", Uncertainty.FROM_WORDS);
            assertThat(found.interval().orElseThrow().contains(found.value())).isTrue();
            double[] shares = found.probabilities();
            assertThat(found.value())
                    .as("the mean of the numbers under the chances of their words")
                    .isEqualTo(5 * shares[1] + 10 * shares[2], within(1e-4));
        }
        assertThat(model.isFromWords()).isFalse();
    }

    @Test
    void oneBadImageIsAResultAndTheOthersGoOn() throws IOException {
        Path good = image(1);
        Path bad = Files.writeString(folder.resolve("bad.jpg"), "no image");
        List<Prediction> predictions = model.predict(List.of(
                good,
                bad,
                Files.readAllBytes(good),
                new byte[3],
                ImageIO.read(good.toFile()),
                folder.resolve("absent")));
        assertThat(predictions).extracting(Prediction::isFailed).containsExactly(false, true, false, true, false, true);
        assertThat(predictions.get(1).problem())
                .isEqualTo("not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes 'no image')");
        assertThat(predictions.get(3).problem()).startsWith("not JPEG, PNG, GIF, BMP, WebP or TIFF");
        assertThat(predictions.get(5).problem()).isEqualTo("there is no such file");
        assertThat(predictions.get(0)).isEqualTo(predictions.get(2)).isEqualTo(predictions.get(4));
        assertThatIllegalStateException()
                .isThrownBy(() -> predictions.get(1).value())
                .withMessage("there is no number: not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes 'no image')");
    }

    @Test
    void aDamagedImageHasANumberAndIsMarked() throws IOException {
        byte[] jpeg = Files.readAllBytes(Path.of("../numclip-core/src/test/resources/parity/images/plain.jpg"));
        byte[] damaged = Arrays.copyOf(jpeg, jpeg.length + 7);
        Arrays.fill(damaged, jpeg.length - 2, jpeg.length + 5, (byte) 0);
        System.arraycopy(jpeg, jpeg.length - 2, damaged, jpeg.length + 5, 2);
        Path file = Files.write(folder.resolve("damaged.jpg"), damaged);
        String words = model.predict(file).damage();
        assertThat(words).contains("extraneous bytes before marker 0xd9");
        assertThat(model.predict(damaged).isDamaged()).isTrue();
        List<Prediction> found = model.predict(List.of(image(1), file, jpeg, damaged));
        assertThat(found).extracting(Prediction::damage).containsExactly(null, words, null, words);
        assertThat(found).noneMatch(Prediction::isFailed);
        try (NumClips both = NumClips.open(List.of(StoredModel.FOLDER), catalog, StoredModel.options())) {
            assertThat(both.predict(file).get(0).damage()).isEqualTo(words);
        }
    }

    @Test
    void aListenerIsToldOfImagesBatchesAndNumbers() throws IOException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        model.tell(new EngineListener<>() {
            @Override
            public void decoded(double seconds, boolean readable) {
                told.add(readable ? "read" : "unreadable");
            }

            @Override
            public void predicted(double seconds, int images) {
                told.add(images + " predicted");
            }

            @Override
            public void found(List<Integer> models, List<Prediction> found) {
                told.add(String.valueOf(found));
            }
        });
        List<Prediction> found = model.predict(List.of(image(1), folder.resolve("nowhere.png"), image(2)));
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "read",
                        "unreadable",
                        "read",
                        "2 predicted",
                        List.of(found.get(0)).toString(),
                        List.of(found.get(2)).toString());
    }

    @Test
    void changesOfItsFolderAreSaid() throws IOException {
        Path copy = TestingModels.over("embedded").write(folder.resolve("copy"), 1);
        try (NumClip opened = NumClip.open(copy)) {
            assertThat(opened.changes()).isEmpty();
            Path file = copy.resolve("numclip.json");
            byte[] whole = Files.readAllBytes(file);
            Files.writeString(file, "{}");
            assertThat(opened.changes()).singleElement().asString().contains("numclip.json: expected", "found 2");
            Files.write(file, whole);
            assertThat(opened.changes()).isEmpty();
            TestingModels.over("embedded").write(copy, 2);
            assertThat(opened.changes()).singleElement().asString().contains("another model");
            Files.delete(copy.resolve("manifest.json"));
            Files.delete(file);
            assertThat(opened.changes()).isNotEmpty();
        }
    }

    @Test
    void aModelThatIsWarmedUpPredictsAsBefore() throws IOException {
        Prediction before = model.predict(image(1));
        model.warmUp();
        assertThat(model.predict(image(1))).isEqualTo(before);
        model.close();
        assertThatIllegalStateException().isThrownBy(model::warmUp).withMessage("this model is closed");
    }

    @Test
    void aModelThatNobodyRefersToIsFreedOnceAndOneThatWasClosedNotAgain() throws InterruptedException {
        CountDownLatch dropped = new CountDownLatch(1);
        JointPredictor predictor = new JointPredictor(List.of(model.predictor()));
        drop(predictor, dropped);
        AtomicInteger freed = new AtomicInteger();
        NumClips closed = new NumClips(List.of(), predictor, freed::incrementAndGet);
        closed.close();
        closed.close();
        do {
            System.gc();
        } while (!dropped.await(100, TimeUnit.MILLISECONDS));
        assertThat(freed).hasValue(1);
        Reference.reachabilityFence(closed);
    }

    /** In a method of its own, whose variables are gone afterwards. */
    private static void drop(JointPredictor predictor, CountDownLatch freed) {
        assertThat(new NumClips(List.of(), predictor, freed::countDown).batch()).isPositive();
    }

    @Test
    void aRegionHasTheNumberOfAFileThatIsCutBeforehand() throws IOException {
        Path file = image(1);
        BufferedImage whole = ImageIO.read(file.toFile());
        Region region = new Region(5, 3, 20, 25);
        Prediction expected = model.predict(whole.getSubimage(5, 3, 20, 25));
        assertThat(expected).isNotEqualTo(model.predict(file));
        assertThat(model.predict(file, region)).isEqualTo(expected);
        assertThat(model.predict(Files.readAllBytes(file), region)).isEqualTo(expected);
        assertThat(model.predict(whole, region)).isEqualTo(expected);
        assertThat(model.predict(new ImageFile(file), region)).isEqualTo(expected);
        assertThat(model.predict(List.of(new ImageRegion(file, region), whole)))
                .containsExactly(expected, model.predict(whole));
        assertThat(model.regionMargin()).isZero();
    }

    @Test
    void aRegionOutsideItsImageIsAnErrorThatSaysWhatToDo() throws IOException {
        Path file = image(1);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> model.predict(file, new Region(30, 0, 11, 1)))
                .withMessage(
                        file + ": left + width is 41, outside the upright picture of 40 x 30 pixels; give a region that"
                                + " lies in it")
                .satisfies(
                        failure -> assertThat(failure.fix()).isEqualTo("give a region in pixels of the upright image"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict("portrait.jpg", new Region(0, 0, 1, 1)))
                .withMessageEndingWith("found java.lang.String");
    }

    @Test
    void aBadImageAloneIsAnErrorThatSaysWhatToDo() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.jpg"), "no image");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> model.predict(bad))
                .withMessage(bad + ": not JPEG, PNG, GIF, BMP, WebP or TIFF (first bytes 'no image')")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(NumClipException.Kind.DATA));
        Path absent = folder.resolve("absent.jpg");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> model.predict(absent))
                .withMessage(absent + ": there is no such file")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(NumClipException.Kind.MISSING));
    }

    @Test
    void whatIsNoImageIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.predict(List.of("portrait.jpg")))
                .withMessage(
                        "an image must be a Path, a byte[], a BufferedImage, an ImageSource, or an ImageRegion of one of"
                                + " these; found java.lang.String");
    }

    /** It has no names of training images, no prompts, and a head that knows nothing of explanations. */
    @Test
    void aModelOfAnEarlierVersionExplainsWhatItCan() throws IOException {
        Path file = image(1);
        try (NumClip explaining =
                NumClip.open(StoredModel.FOLDER, catalog, StoredModel.options().withExplanations())) {
            Prediction prediction = explaining.predict(file);
            assertThat(prediction.value()).isEqualTo(model.predict(file).value());
            Explanation explanation = prediction.explanation();
            assertThat(explanation).isNotNull();
            assertThat(explanation.concepts())
                    .extracting(Explanation.Concept::concept)
                    .containsExactlyElementsOf(model.bins().concepts());
            assertThat(explanation.unexplained())
                    .containsExactly(
                            "the words: the model does not keep them; it was trained with an earlier version",
                            "what each concept adds to the number: the fine head does not say",
                            "the nearest training images: the model keeps none, as it cannot tell strange images");
        }
        assertThat(model.predict(file).explanation()).isNull();
    }

    @Test
    void noImagesHaveNoPredictions() {
        assertThat(model.predict(List.of())).isEmpty();
    }

    @Test
    void predictionsComeOneAtATimeAndInOrder() throws IOException {
        List<Path> files = List.of(image(1), image(2), image(3));
        List<Integer> indices = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        model.predict(files, (index, prediction) -> {
            indices.add(index);
            predictions.add(prediction);
        });
        assertThat(indices).containsExactly(0, 1, 2);
        assertThat(predictions).isEqualTo(model.predict(files));
    }

    @Test
    void manyThreadsGetTheNumbersOfOne() throws IOException, InterruptedException, ExecutionException {
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            files.add(image(i));
        }
        List<Prediction> alone = files.stream().map(model::predict).toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<List<Prediction>>> together = IntStream.range(0, 8)
                    .mapToObj(thread -> threads.submit(
                            () -> files.stream().map(model::predict).toList()))
                    .toList();
            for (Future<List<Prediction>> each : together) {
                assertThat(each.get()).isEqualTo(alone);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void predictionsLeaveNothingBehind() throws IOException {
        Path file = image(1);
        model.predict(file);
        int before = arrays();
        for (int i = 0; i < 50; i++) {
            model.predict(file);
            model.predict(List.of(file, file));
        }
        assertThat(arrays()).isEqualTo(before);
    }

    @Test
    void aClosedModelSaysSo() throws IOException {
        Path file = image(1);
        model.close();
        model.close();
        assertThatIllegalStateException().isThrownBy(() -> model.predict(file)).withMessage("this model is closed");
    }

    @Test
    void aModelWithoutCalibrationHasNoIntervals() throws IOException {
        assertThat(model.isCalibrated()).isFalse();
        assertThat(model.predict(image(1)).interval()).isEmpty();
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> NumClip.open(
                        StoredModel.FOLDER, catalog, StoredModel.options().withInterval(IntervalForm.PLAIN)))
                .withMessageContaining("not calibrated");
    }

    @Test
    void withoutItsPluginTheModelCannotBeOpened() {
        PluginCatalog none = TestingCatalog.create(folder);
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> NumClip.open(StoredModel.FOLDER, none, StoredModel.options()))
                .withMessageContaining("there is no fine head \"moving-anchors\"")
                .satisfies(failure -> {
                    assertThat(failure.fix()).contains("-Dnumclip.plugins", "the catalog that open takes");
                    StringWriter log = new StringWriter();
                    failure.printStackTrace(new PrintWriter(log));
                    assertThat(log.toString())
                            .contains("; fix: " + failure.fix())
                            .containsOnlyOnce("plugins list");
                });
    }

    @Test
    void optionsAreChangedOneByOne() {
        NumClip.Options options = NumClip.Options.defaults()
                .withDevice("cpu")
                .withPrecision(Precision.FP32)
                .withBackbone(Path.of("clip"))
                .withInterval(IntervalForm.PER_BIN)
                .withAbstainAbove(3)
                .withExplanations()
                .withAttributes(Map.of("sex", "female"));
        assertThat(options)
                .isEqualTo(new NumClip.Options(
                        "cpu", Precision.FP32, "clip", IntervalForm.PER_BIN, 3.0, Map.of("sex", "female"), true));
    }

    private int arrays() {
        return ((NumClipPredictor) model.predictor())
                .model()
                .imageTower()
                .manager()
                .getManagedArrays()
                .size();
    }

    private Path image(int seed) throws IOException {
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 40; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        Path file = folder.resolve("image-" + seed + ".png");
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aWidthThatNoIntervalHasIsRefused(double width) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> NumClip.Options.defaults().withAbstainAbove(width))
                .withMessage("abstainAbove must be at least 0 and finite; found " + width)
                .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(NumClipException.Kind.USAGE));
    }
}
