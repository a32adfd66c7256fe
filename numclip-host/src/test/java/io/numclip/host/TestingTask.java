package io.numclip.host;

import io.numclip.data.ImageSource;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.OrdinalTask;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** A task as a stranger would write one: how bright a square is, 0 to 10. Its recipe is {@code numclip/brightness.yaml}. */
public final class TestingTask {

    private static final LabelScale SCALE = new LabelScale(0, 10, "steps");

    private TestingTask() {}

    private static LabeledImage draw(Split split, int index, long seed) {
        int label = (index * 7 + split.ordinal()) % 11;
        return new LabeledImage(
                split + "-" + index,
                new Square(label, index + seed),
                label,
                Map.of(LabeledImage.CAPTION, label < 4 ? "a dark square" : "a light square"));
    }

    private record Square(int label, long seed) implements ImageSource {
        @Override
        public BufferedImage read() {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(new Color(25 * label, 25 * label, (int) (seed % 50)));
            graphics.fillRect(0, 0, 40, 40);
            graphics.dispose();
            return image;
        }

        @Override
        public String fingerprint() {
            return "square|" + label + "|" + seed;
        }
    }

    /** What a square shows besides its brightness. */
    public enum Look {
        PLAIN,
        ROUND_CORNERS
    }

    /** One setting of every type that a configuration can have. */
    public record Config(
            TaskData data, Look look, boolean framed, int size, double noise, String owner, List<Integer> levels) {
        public Config {
            if (size < 1 || size > 64) {
                throw new InvalidSettingException("size", "must lie within [1, 64]; found " + size);
            }
            levels = List.copyOf(levels);
        }
    }

    /** {@code type: brightness}. */
    public static class Factory implements OrdinalTask.Factory<Config> {
        @Override
        public String type() {
            return "brightness";
        }

        @Override
        public Config defaults() {
            return new Config(TaskData.samples(32, 16, 16), Look.PLAIN, false, 40, 0.5, "nobody", List.of(1, 2));
        }

        @Override
        public OrdinalTask create(Config config) {
            return new TaskImages(config.data(), SCALE, TestingTask::draw);
        }
    }
}
