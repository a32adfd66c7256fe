package io.numclip.sample.photograph;

import java.awt.image.BufferedImage;

/**
 * An RGB image that filters change in place. Channels run from 0 to 1 and may leave that range between filters; they
 * are clipped and rounded once, at the end. Not thread-safe.
 */
public final class PixelImage {

    /** Red, green, blue. */
    public static final int CHANNELS = 3;

    private static final int LEVELS = 255;

    private final int width;
    private final int height;
    private final float[] values;

    /** A black image. */
    public PixelImage(int width, int height) {
        this.width = width;
        this.height = height;
        this.values = new float[width * height * CHANNELS];
    }

    public static PixelImage of(BufferedImage image) {
        PixelImage pixels = new PixelImage(image.getWidth(), image.getHeight());
        for (int y = 0; y < pixels.height; y++) {
            for (int x = 0; x < pixels.width; x++) {
                int rgb = image.getRGB(x, y);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    int level = (rgb >> (8 * (CHANNELS - 1 - channel))) & LEVELS;
                    pixels.set(x, y, channel, (float) level / LEVELS);
                }
            }
        }
        return pixels;
    }

    /** Channels are clipped to the range 0 to 1. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = 0;
                for (int channel = 0; channel < CHANNELS; channel++) {
                    float value = Math.max(0, Math.min(1, get(x, y, channel)));
                    rgb = (rgb << 8) | (int) (value * LEVELS + 0.5f);
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public float get(int x, int y, int channel) {
        return values[(y * width + x) * CHANNELS + channel];
    }

    public void set(int x, int y, int channel, float value) {
        values[(y * width + x) * CHANNELS + channel] = value;
    }

    /** How bright a pixel looks to the eye (ITU-R BT.601 weights). */
    public float brightness(int x, int y) {
        return 0.299f * get(x, y, 0) + 0.587f * get(x, y, 1) + 0.114f * get(x, y, 2);
    }

    /** Moves a pixel towards a colour: {@code share} 0 leaves it unchanged, 1 replaces it. */
    public void blend(int x, int y, Colour colour, float share) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            float value = get(x, y, channel);
            set(x, y, channel, value + (colour.get(channel) - value) * share);
        }
    }
}
