package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.storage.Seal;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContrastivePretrainerTest {

    private static final List<String> WORDS = List.of("red", "green", "blue");
    private static final List<Color> COLORS = List.of(Color.RED, Color.GREEN, Color.BLUE);
    private static final ContrastivePretrainer.Pace NEVER = new ContrastivePretrainer.Pace(50, Duration.ofDays(1));

    /** A plain picture in one colour. */
    private record ColoredPicture(Color color) implements ImageSource {
        @Override
        public BufferedImage read() {
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
            Graphics graphics = image.getGraphics();
            graphics.setColor(color);
            graphics.fillRect(0, 0, 16, 16);
            graphics.dispose();
            return image;
        }

        @Override
        public String fingerprint() {
            return color.toString();
        }
    }

    private final List<String> warnings = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void learnsWhichCaptionBelongsToWhichImage(Precision precision, @TempDir Path directory) throws Exception {
        List<LabeledImage> images = coloredPictures(600);
        List<Double> losses = new ArrayList<>();
        PretrainingConfig config = new PretrainingConfig(images.size(), 12, 3e-3, 0.1, 7, precision);

        try (ContrastivePretrainer pretrainer =
                new ContrastivePretrainer(config, ANEW, WORDS, Map.of(), directory, warnings::add)) {
            pretrainer.pretrain(images, (name, reason) -> {}, NEVER, (step, steps, loss) -> losses.add(loss));
        }

        assertThat(losses).hasSize(50);
        assertThat(losses.get(49)).isLessThan(losses.get(0) - 0.5);
        for (int i = 0; i < WORDS.size(); i++) {
            assertThat(likeliestWord(directory, COLORS.get(i))).isEqualTo(WORDS.get(i));
        }
    }

    private static final PretrainingConfig SHORT = new PretrainingConfig(120, 12, 3e-3, 0.1, 7, Precision.FP32);
    private static final Beginning ANEW = new Beginning.Anew(new TowerShape(16, 8, 32, 1, 32, 1, 16, 16), 560);
    private static final ContrastivePretrainer.Pace EVERY_THIRD = new ContrastivePretrainer.Pace(3, Duration.ZERO);

    @Test
    void goesOnAfterTheLastCheckpointAndEndsWithTheSameBytes(@TempDir Path directory) throws Exception {
        List<Integer> seen = new ArrayList<>();
        assertThat(pretrained(directory.resolve("unbroken"), "a", seen, 99)).isZero();
        assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Path broken = directory.resolve("broken");
        for (int end : new int[] {2, 5, 8, 9}) {
            breakOff(broken, end);
        }
        seen.clear();
        assertThat(pretrained(broken, "a", seen, 99)).isEqualTo(6);
        assertThat(seen).containsExactly(7, 8, 9, 10);
        assertThat(broken.resolve("model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("unbroken/model.safetensors"));
        assertThat(broken.resolve("checkpoint")).doesNotExist();
    }

    @Test
    void goesOnFromAnotherClipWithItsTokenizerAndItsWeights(@TempDir Path directory) throws Exception {
        Path first = directory.resolve("first");
        pretrained(first, "a", new ArrayList<>(), 99);
        Path second = directory.resolve("second");
        PretrainingConfig little = new PretrainingConfig(120, 12, 1e-9, 0.1, 7, Precision.FP32);
        try (ContrastivePretrainer pretrainer =
                new ContrastivePretrainer(little, Beginning.With.of(first), WORDS, Map.of(), second, warnings::add)) {
            pretrainer.pretrain(coloredPictures(120), (name, reason) -> {}, NEVER, (step, steps, loss) -> {});
        }
        assertThat(second.resolve("tokenizer.json")).hasSameBinaryContentAs(first.resolve("tokenizer.json"));
        try (ClipBackbone before = ClipBackbone.load(first, Device.cpu(), Precision.FP32);
                ClipBackbone after = ClipBackbone.load(second, Device.cpu(), Precision.FP32)) {
            before.imageTower()
                    .parameters()
                    .forEach((name, weights) -> assertThat(after.imageTower()
                                    .parameters()
                                    .get(name)
                                    .getArray()
                                    .allClose(weights.getArray()))
                            .as(name)
                            .isTrue());
        }
    }

    @Test
    void goingOnIsResumedFromItsOwnCheckpoint(@TempDir Path directory) throws Exception {
        Path first = directory.resolve("first");
        pretrained(first, "a", new ArrayList<>(), 99);
        Beginning with = Beginning.With.of(first);
        pretrained(with, directory.resolve("unbroken"), "a", new ArrayList<>(), 99);
        Path broken = directory.resolve("broken");
        assertThatThrownBy(() -> pretrained(with, broken, "a", new ArrayList<>(), 8))
                .isInstanceOf(CancellationException.class);
        assertThat(pretrained(with, broken, "a", new ArrayList<>(), 99)).isEqualTo(6);
        assertThat(broken.resolve("model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("unbroken/model.safetensors"))
                .isNotEqualTo(first.resolve("model.safetensors"));
    }

    @Test
    void anotherKindOfModelIsNoBeginning() {
        Path siglip = Path.of("../numclip-core/src/test/resources/golden/backbones/siglip");
        assertThatThrownBy(() -> Beginning.With.of(siglip))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("expected a CLIP in the layout of transformers");
    }

    @Test
    void aCheckpointThatIsDamagedIsNotUsed(@TempDir Path directory) throws Exception {
        breakOff(directory, 8);
        Path optimizer = directory.resolve("checkpoint/step-0000006/optimizer.safetensors");
        Files.write(optimizer, new byte[100]);
        assertThat(breakOff(directory, 4)).containsExactly(1, 2, 3, 4);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(optimizer + ": expected ", "bytes, found 100; ", "damaged, and the pretraining begins anew");
        assertThat(breakOff(directory, 5)).containsExactly(4, 5);
        assertThat(warnings).hasSize(1);
    }

    @Test
    void oneCheckpointIsKept(@TempDir Path directory) throws Exception {
        breakOff(directory, 10);
        assertThat(directory.resolve("checkpoint")).isDirectoryNotContaining(path -> !path.endsWith("step-0000009"));
    }

    @Test
    void otherSettingsThanAtTheBeginningAreNamed(@TempDir Path directory) {
        breakOff(directory, 4);
        assertThatThrownBy(() -> pretrained(directory, "b", new ArrayList<>(), 99))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("started with other settings:\n  kind: a -> b");
    }

    @Test
    void aLogitScaleAbove100IsLimited(@TempDir Path directory) throws Exception {
        breakOff(directory, 4);
        Path checkpoint = directory.resolve("checkpoint/step-0000003");
        Path file = checkpoint.resolve("parameters.safetensors");
        try (NDManager manager = NDManager.newBaseManager()) {
            Map<String, NDArray> parameters = new HashMap<>(Safetensors.read(file, manager));
            parameters.put("logit_scale", manager.create(9f));
            SafetensorsWriter.write(file, parameters, SafetensorsWriter.Type.F32, Map.of());
        }
        Seal.put(checkpoint);
        pretrained(directory, "a", new ArrayList<>(), 99);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32)) {
            assertThat(backbone.logitScale().getArray().exp().getFloat()).isBetween(30f, 100.1f); // 16 bit
        }
    }

    /** What is left to a process that was killed just before the end. */
    @Test
    void completeWeightsOnlyNeedTheirName(@TempDir Path directory) throws Exception {
        pretrained(directory, "a", new ArrayList<>(), 99);
        assertThat(ContrastivePretrainer.complete(directory)).isFalse();
        Files.move(directory.resolve("model.safetensors"), directory.resolve(".model.safetensors.whole"));
        Files.createDirectories(directory.resolve("checkpoint/step-0000003"));
        assertThat(ContrastivePretrainer.complete(directory)).isTrue();
        assertThat(directory.resolve("model.safetensors")).exists();
        assertThat(directory.resolve("checkpoint")).doesNotExist();
    }

    /** Gives the steps that were seen. */
    private List<Integer> breakOff(Path directory, int end) {
        List<Integer> seen = new ArrayList<>();
        assertThatThrownBy(() -> pretrained(directory, "a", seen, end)).isInstanceOf(CancellationException.class);
        return seen;
    }

    /** Breaks off in a step; gives the number of steps that were done before. */
    private int pretrained(Path directory, String kind, List<Integer> seen, int end) throws Exception {
        return pretrained(ANEW, directory, kind, seen, end);
    }

    private int pretrained(Beginning beginning, Path directory, String kind, List<Integer> seen, int end)
            throws Exception {
        try (ContrastivePretrainer pretrainer =
                new ContrastivePretrainer(SHORT, beginning, WORDS, Map.of("kind", kind), directory, warnings::add)) {
            pretrainer.pretrain(coloredPictures(120), (name, reason) -> {}, EVERY_THIRD, (step, steps, loss) -> {
                seen.add(step);
                if (step == end) {
                    throw new CancellationException();
                }
            });
            return pretrainer.firstStep();
        }
    }

    private static List<LabeledImage> coloredPictures(int count) {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String caption = "a " + WORDS.get(i % 3) + " picture";
            images.add(new LabeledImage(
                    "picture " + i, new ColoredPicture(COLORS.get(i % 3)), i, Map.of(LabeledImage.CAPTION, caption)));
        }
        return images;
    }

    private static String likeliestWord(Path directory, Color color) throws Exception {
        ClipPreprocessor preprocessor = ClipDirectory.preprocessor(directory);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32);
                ClipTokenizer tokenizer =
                        ClipTokenizer.load(directory, backbone.config().text().contextLength());
                NDManager manager = backbone.manager().newSubManager()) {
            float[] pixels = preprocessor.pixels(new ColoredPicture(color).read());
            NDArray image =
                    backbone.imageTower().encode(manager.create(pixels, new Shape(1, 3, 16, 16)), false); // (1, D)
            double[] cosines = WORDS.stream()
                    .mapToDouble(word -> cosine(image, encode(backbone, tokenizer, "a " + word + " picture", manager)))
                    .toArray();
            int best = 0;
            for (int i = 1; i < cosines.length; i++) {
                best = cosines[i] > cosines[best] ? i : best;
            }
            return WORDS.get(best);
        }
    }

    private static NDArray encode(ClipBackbone backbone, ClipTokenizer tokenizer, String text, NDManager manager) {
        long[] ids = tokenizer.encode(text);
        NDArray tokens = manager.create(ids, new Shape(1, ids.length)); // (1, L)
        return backbone.textTower().encodeTokens(tokens, manager.create(new long[] {ids.length - 1}), false); // (1, D)
    }

    private static double cosine(NDArray a, NDArray b) {
        return a.mul(b).sum().getFloat() / (a.norm().getFloat() * b.norm().getFloat());
    }
}
