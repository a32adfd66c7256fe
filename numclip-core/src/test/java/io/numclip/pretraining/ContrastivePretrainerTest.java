package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.ClipTokenizer;
import io.numclip.clip.Precision;
import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContrastivePretrainerTest {

    private static final List<String> WORDS = List.of("red", "green", "blue");
    private static final List<Color> COLORS = List.of(Color.RED, Color.GREEN, Color.BLUE);

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

    @Test
    void learnsWhichCaptionBelongsToWhichImage(@TempDir Path directory) throws Exception {
        List<LabeledImage> images = coloredPictures(600);
        List<Double> losses = new ArrayList<>();
        PretrainingConfig config = new PretrainingConfig(
                images.size(), 12, 3e-3, 0.1, 560, 7, new PretrainingConfig.Shape(16, 8, 32, 1, 32, 1, 16, 16));

        try (ContrastivePretrainer pretrainer = new ContrastivePretrainer(config, WORDS, directory)) {
            pretrainer.pretrain(images, (name, reason) -> {}, (step, steps, loss) -> losses.add(loss));
        }

        assertThat(losses).hasSize(50);
        assertThat(losses.get(49)).isLessThan(losses.get(0) - 0.5);
        for (int i = 0; i < WORDS.size(); i++) {
            assertThat(likeliestWord(directory, COLORS.get(i))).isEqualTo(WORDS.get(i));
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
        ClipPreprocessor preprocessor = ClipPreprocessor.load(directory);
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
