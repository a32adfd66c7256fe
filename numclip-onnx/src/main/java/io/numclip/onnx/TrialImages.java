package io.numclip.onnx;

import io.numclip.clip.pixels.ClipPreprocessor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A handful of drawn images of several shapes, the same every time. */
final class TrialImages {

    private static final int[][] SIZES = {{96, 96}, {320, 200}, {75, 240}, {512, 512}, {33, 31}}; // width, height
    private static final int SHAPES = 12;

    private TrialImages() {}

    /** The images as a network takes them. */
    static List<float[]> pixels(ClipPreprocessor preprocessor) {
        List<float[]> images = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            images.add(preprocessor.pixels(drawn(SIZES[i][0], SIZES[i][1], i)));
        }
        return images;
    }

    private static BufferedImage drawn(int width, int height, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            for (int i = 0; i < SHAPES; i++) {
                graphics.setColor(new Color(random.nextInt(1 << 24)));
                int x = random.nextInt(width);
                int y = random.nextInt(height);
                if (random.nextBoolean()) {
                    graphics.fillOval(x - width / 4, y - height / 4, width / 2, height / 2);
                } else {
                    graphics.fillRect(x - width / 4, y - height / 4, width / 2, height / 2);
                }
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }
}
