package io.numclip.training;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gray squares whose label is their brightness. */
public final class TestingImages {

    private TestingImages() {}

    public static List<LabeledImage> squares(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> square("square-" + i, i * 100.0 / count))
                .toList();
    }

    public static LabeledImage square(String name, double label) {
        return new LabeledImage(name, new Square((float) (label / 100)), label, Map.of());
    }

    public static LabeledImage unreadable(String name) {
        return new LabeledImage(name, new Unreadable(name), 50, Map.of());
    }

    private record Square(float brightness) implements ImageSource {

        @Override
        public BufferedImage read() {
            BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            graphics.setColor(new Color(brightness, brightness, brightness));
            graphics.fillRect(0, 0, 30, 40); // the right quarter stays black: a mirrored square differs
            graphics.dispose();
            return image;
        }

        @Override
        public String fingerprint() {
            return "square|" + brightness;
        }
    }

    private record Unreadable(String name) implements ImageSource {

        @Override
        public BufferedImage read() throws IOException {
            throw new IOException(name + ": truncated");
        }

        @Override
        public String fingerprint() {
            return name;
        }
    }
}
