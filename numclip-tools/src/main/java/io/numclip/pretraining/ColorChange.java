package io.numclip.pretraining;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Another exposure, another tint, less colour, noise; rarely a negative. */
final class ColorChange {

    private static final double NEGATIVE = 0.08;
    private static final double GRAY = 0.15;
    private static final double NOISY = 0.15;

    private final SplittableRandom random;
    private final double[] gains = new double[3]; // of red, green and blue
    private final double shift; // added to each, 0 to 255
    private final double gray; // share of gray, 0 to 1
    private final double noise; // deviation, 0 to 255

    ColorChange(SplittableRandom random) {
        this.random = random;
        double contrast = (random.nextDouble() < NEGATIVE ? -1 : 1) * between(0.6, 1.3);
        Arrays.setAll(gains, channel -> contrast * between(0.85, 1.15));
        shift = 128 * (1 - contrast) + between(-30, 30);
        gray = random.nextDouble() < GRAY ? 1 : between(0, 0.4);
        noise = random.nextDouble() < NOISY ? between(0, 25) : 0;
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    void apply(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            Arrays.setAll(row, x -> changed(row[x]));
            image.setRGB(0, y, width, 1, row, 0, width);
        }
    }

    private int changed(int pixel) {
        int red = pixel >> 16 & 0xff;
        int green = pixel >> 8 & 0xff;
        int blue = pixel & 0xff;
        double light = 0.299 * red + 0.587 * green + 0.114 * blue;
        double grain = noise == 0 ? 0 : noise * between(-1.7, 1.7);
        return value(0, red, light, grain) << 16 | value(1, green, light, grain) << 8 | value(2, blue, light, grain);
    }

    private int value(int channel, int own, double light, double grain) {
        double mixed = own + (light - own) * gray;
        return (int) Math.max(0, Math.min(255, gains[channel] * mixed + shift + grain));
    }
}
