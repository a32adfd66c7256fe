package io.numclip.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.clip.Precision;
import io.numclip.clip.directory.ShippedModel;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.PixelStatistics;
import io.numclip.clip.pixels.Resizing;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.input.Budget;
import io.numclip.input.Engine;
import io.numclip.input.EngineListener;
import io.numclip.machine.ProcessorShare;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.Seal;
import io.numclip.testing.TinyClip;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models over the embedded CLIP. */
@Tag("ci")
class NumClipsTest {

    private static final int BATCH = 16;

    @TempDir
    private Path folder;

    private PluginCatalog catalog;
    private TestingModels clip;
    private Path first;
    private Path second;

    @BeforeEach
    void write() throws IOException {
        catalog = TestingCatalog.create(folder.resolve("no-plugins"));
        clip = TestingModels.over(ShippedModel.EMBEDDED);
        first = clip.write(folder.resolve("first"), 1);
        second = clip.write(folder.resolve("second"), 2);
    }

    @Test
    void modelsOverOneClipShareOnePassAndHaveTheNumbersThatTheyHaveAlone() throws IOException {
        Path scaled = clip.write(folder.resolve("scaled"), 3, Part.LOGIT_SCALE);
        List<Path> runs = List.of(first, second, scaled);
        try (NumClips models = open(runs)) {
            assertThat(models.passes()).isEqualTo(1);
            assertThatEachIsAsAlone(models, runs);
        }
    }

    @Test
    void aModelWithAnImageTowerOfItsOwnHasAPassOfItsOwn() throws IOException {
        Path trained = clip.write(folder.resolve("trained"), 4, Part.IMAGE_ENCODER);
        List<Path> runs = List.of(first, trained, second);
        try (NumClips models = open(runs)) {
            assertThat(models.passes()).isEqualTo(2);
            assertThatEachIsAsAlone(models, runs);
        }
    }

    @Test
    void modelsThatSeeImagesInOtherWaysShareTheWeightsAndDecodeOnce() throws IOException {
        ClipPreprocessor squash = clip.preprocessor().with(Resizing.SQUASH, PixelStatistics.MODEL);
        Path squashed = clip.with(squash).write(folder.resolve("squashed"), 5);
        Path small = clip.with(clip.preprocessor().at(32)).write(folder.resolve("small"), 6);
        List<Path> runs = List.of(first, squashed, small, second);
        try (NumClips models = open(runs)) {
            assertThat(models.passes()).isEqualTo(3);
            assertThat(tower(models, 0).isSame(tower(models, 1))).isTrue();
            assertThat(tower(models, 0).isSame(tower(models, 2))).isFalse();
            assertThatEachIsAsAlone(models, runs);
        }
    }

    private void assertThatEachIsAsAlone(NumClips models, List<Path> runs) throws IOException {
        List<Object> images = images(20);
        List<List<Prediction>> together = models.predict(images);
        List<Prediction> one = models.predict((byte[]) images.get(3));
        for (int i = 0; i < runs.size(); i++) {
            int model = i;
            try (NumClip alone = NumClip.open(runs.get(i), catalog, options())) {
                List<Prediction> expected = alone.predict(images);
                assertThat(together).extracting(each -> each.get(model)).isEqualTo(expected);
                assertThat(models.models().get(i).predict(images)).isEqualTo(expected);
                assertThat(one.get(model)).isEqualTo(alone.predict((byte[]) images.get(3)));
                assertThat(models.models().get(i).digest()).isEqualTo(alone.digest());
            }
        }
        assertThat(together.stream().map(each -> each.get(0).value()).distinct())
                .hasSizeGreaterThan(10);
        assertThat(together.get(0).stream().map(Prediction::value).distinct()).hasSize(runs.size());
    }

    @Test
    void noNumberDependsOnTheBatchNorOnTheWorkers() throws IOException {
        try (NumClips models = open(List.of(first, second))) {
            assertThat(models.batch()).isEqualTo(BATCH);
            List<List<Prediction>> expected = models.predict(images(20));
            for (int batch : new int[] {1, 2, 4, 8}) {
                List<List<Prediction>> found = new ArrayList<>();
                Budget budget = new Budget(3, 1, batch, null);
                try (Engine<List<Prediction>> engine =
                        new Engine<>(models.scoring(), budget, new EngineListener<>() {})) {
                    engine.run(images(20).iterator(), image -> image, List.of(0, 1), (image, each) -> found.add(each));
                }
                assertThat(found).as("batches of %d", batch).isEqualTo(expected);
            }
        }
    }

    /** A model whose memory is gone cannot predict: it would be noticed. */
    @Test
    void modelsThatAreNotAskedDoNothing() throws IOException {
        Path trained = clip.write(folder.resolve("trained"), 4, Part.IMAGE_ENCODER);
        try (NumClips models = open(List.of(first, trained, second))) {
            List<Prediction> all = models.predict(image(1));
            models.models().get(1).predictor().close();
            models.models().get(2).predictor().close();
            try (Pixels some = models.read(image(1), List.of(0));
                    Pixels others = models.read(image(1), List.of(0, 1))) {
                assertThat(models.predictPixels(List.of(some))).containsExactly(List.of(all.get(0)));
                assertThatThrownBy(() -> models.predictPixels(List.of(others))).isInstanceOf(RuntimeException.class);
            }
        }
    }

    @Test
    void imagesOfOneBatchMayAskForDifferentModels() throws IOException {
        Path trained = clip.write(folder.resolve("trained"), 4, Part.IMAGE_ENCODER);
        List<List<Integer>> asked =
                List.of(List.of(0), List.of(1), List.of(2), List.of(2, 0), List.of(1, 2), List.of(0, 1, 2), List.of());
        try (NumClips models = open(List.of(first, trained, second))) {
            List<Pixels> pixels = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                pixels.add(models.read(image(i), asked.get(i % asked.size())));
            }
            List<List<Prediction>> together = models.predictPixels(pixels);
            for (int i = 0; i < 20; i++) {
                List<Prediction> all = models.predict(image(i));
                assertThat(together.get(i))
                        .as("image %d", i)
                        .isEqualTo(asked.get(i % asked.size()).stream()
                                .map(all::get)
                                .toList());
            }
            pixels.forEach(Pixels::close);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> models.read(image(1), List.of(3)));
        }
    }

    @Test
    void anImageThatCannotBeReadFailsForAllModels() throws IOException {
        try (NumClips models = open(List.of(first, second))) {
            List<List<Prediction>> predictions = models.predict(List.of(image(1), new byte[3], image(1)));
            assertThat(predictions.get(1)).hasSize(2).allMatch(Prediction::isFailed);
            assertThat(predictions.get(2)).isEqualTo(predictions.get(0)).noneMatch(Prediction::isFailed);
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> models.read(new byte[3]))
                    .withMessageStartingWith("the image: not JPEG, PNG, GIF, BMP, WebP or TIFF");
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> models.read(folder.resolve("absent.png")))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(NumClipException.Kind.MISSING));
        }
    }

    @Test
    void theSameNumberAloneAndInAnyBatch() throws IOException {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            try (NumClips models =
                    NumClips.open(List.of(first, second), catalog, options().withPrecision(precision))) {
                assertThatBatchesChangeNothing(models, precision);
            }
        }
    }

    private void assertThatBatchesChangeNothing(NumClips models, Precision precision) throws IOException {
        List<Pixels> pixels = images(BATCH).stream().map(models::read).toList();
        List<List<Prediction>> alone = pixels.stream()
                .map(each -> models.predictPixels(List.of(each)).get(0))
                .toList();
        for (int size = 2; size <= BATCH; size++) {
            List<List<Prediction>> batch = models.predictPixels(pixels.subList(BATCH - size, BATCH));
            for (int i = 0; i < size; i++) {
                for (int model = 0; model < 2; model++) {
                    assertThat(batch.get(i).get(model).value())
                            .as("%s, image %d of %d, model %d", precision, i, size, model)
                            .isEqualTo(alone.get(BATCH - size + i).get(model).value());
                }
            }
        }
        pixels.forEach(Pixels::close);
    }

    @Test
    void pixelsArePredictedByManyThreadsAndTheirMemoryIsUsedAgain() throws Exception {
        try (NumClips models = open(List.of(first, second))) {
            List<Object> images = images(24);
            List<List<Prediction>> expected = models.predict(images);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try {
                List<Future<List<List<Prediction>>>> all = IntStream.range(0, 8)
                        .mapToObj(i -> threads.submit(() -> predictAsPixels(models, images)))
                        .toList();
                for (Future<List<List<Prediction>>> each : all) {
                    assertThat(each.get()).isEqualTo(expected);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private static List<List<Prediction>> predictAsPixels(NumClips models, List<Object> images) {
        List<Pixels> pixels = images.stream().map(models::read).toList();
        try {
            return models.predictPixels(pixels);
        } finally {
            pixels.forEach(Pixels::close);
        }
    }

    @Test
    void pixelsOfOthersAndClosedPixelsAreRefused() throws IOException {
        try (NumClips models = open(List.of(first, second))) {
            Pixels pixels = models.read(image(1));
            NumClip member = models.models().get(0);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> member.predictPixels(List.of(pixels)))
                    .withMessage("these pixels were read for other models");
            pixels.close();
            pixels.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> models.predictPixels(List.of(pixels)))
                    .withMessage("these pixels are closed");
        }
    }

    @Test
    void anIteratorIsReadAFewBatchesAhead() throws IOException {
        byte[] image = image(1);
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger told = new AtomicInteger();
        Iterator<byte[]> endless = Stream.generate(() -> image)
                .limit(20_000)
                .peek(each -> asked.incrementAndGet())
                .iterator();
        TinyClip tiny = TinyClip.in(folder.resolve("tiny-clip"));
        Path run = TestingModels.over(tiny.directory().toString()).write(folder.resolve("tiny"), 1);
        try (NumClip model = NumClip.open(run, catalog, options())) {
            model.predict(endless, (index, prediction) -> {
                assertThat(index).isEqualTo(told.getAndIncrement());
                assertThat(asked.get() - index).isLessThanOrEqualTo(3 * BATCH * ProcessorShare.chosen() + 1);
            });
        }
        assertThat(told).hasValue(20_000);
    }

    @Test
    void closingOneOfThemLeavesTheOthersAtWork() throws IOException {
        NumClips models = open(List.of(first, second));
        byte[] image = image(1);
        List<Prediction> before = models.predict(image);
        models.models().get(0).close();
        assertThat(models.predict(image)).isEqualTo(before);
        assertThat(models.models().get(1).predict(image)).isEqualTo(before.get(1));
        assertThatIllegalStateException()
                .isThrownBy(() -> models.models().get(0).predict(image))
                .withMessage("this model is closed");
        models.close();
        models.close();
        assertThatIllegalStateException().isThrownBy(() -> models.predict(image));
        assertThatIllegalStateException()
                .isThrownBy(() -> models.models().get(1).predict(image));
    }

    @Test
    void predictionsLeaveNothingBehind() throws IOException {
        try (NumClips models = open(List.of(first, second))) {
            models.predict(image(1));
            int before = arrays(models);
            for (int i = 0; i < 20; i++) {
                models.predict(image(1));
                models.predict(images(2));
            }
            assertThat(arrays(models)).isEqualTo(before);
        }
    }

    private static int arrays(NumClips models) {
        return tower(models, 0).manager().getParentManager().getManagedArrays().size();
    }

    private static ImageTower tower(NumClips models, int index) {
        return ((NumClipPredictor) models.models().get(index).predictor())
                .model()
                .imageTower();
    }

    @Test
    void ifOneCannotBeOpenedNoneIs() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> open(List.of(first, second, folder.resolve("absent"))))
                .withMessageStartingWith(folder.resolve("absent") + ": no trained model");
        assertThatIllegalArgumentException().isThrownBy(() -> open(List.of()));
    }

    @Test
    void aModelHasTheNameOfItsRunAndTheDigestOfItsManifest() throws IOException {
        Path run = folder.resolve("runs/faces");
        Path model = clip.write(run.resolve("model"), 7);
        Files.writeString(run.resolve("config.yaml"), "");
        try (NumClips models = open(List.of(run, model, first))) {
            assertThat(models.models()).extracting(NumClip::name).containsExactly("faces", "faces", "first");
            String digest =
                    new Fingerprint().add(model.resolve("manifest.json")).hex();
            assertThat(models.models().get(0).digest())
                    .isEqualTo(digest)
                    .isNotEqualTo(models.models().get(2).digest());
        }
        Path description = first.resolve("numclip.json");
        String text = Files.readString(description);
        assertThat(text).contains("\"lora\" : null,");
        Files.writeString(description, text.replace("\"lora\" : null,", "")); // as before there were seals
        Seal.put(first);
        String before = digest(first);
        Files.delete(first.resolve("manifest.json"));
        assertThat(digest(first)).isEqualTo(before);
    }

    private String digest(Path run) {
        try (NumClip model = NumClip.open(run, catalog, options())) {
            return model.digest();
        }
    }

    private NumClips open(List<Path> runs) {
        return NumClips.open(runs, catalog, options());
    }

    private static NumClip.Options options() {
        return NumClip.Options.defaults().withDevice("cpu");
    }

    private static List<Object> images(int count) throws IOException {
        List<Object> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(image(i));
        }
        return images;
    }

    /** A PNG of a few coloured fields. */
    private static byte[] image(int seed) throws IOException {
        BufferedImage image = new BufferedImage(90, 70, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        int[] colors = random.ints(63).toArray();
        for (int y = 0; y < 70; y++) {
            for (int x = 0; x < 90; x++) {
                image.setRGB(x, y, colors[y / 10 * 9 + x / 10]);
            }
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }
}
