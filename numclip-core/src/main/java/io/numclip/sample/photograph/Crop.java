package io.numclip.sample.photograph;

/**
 * A square cut out of an image, possibly rotated and mirrored. Whatever lies outside the image is black.
 *
 * @param centerX middle of the square, in pixels of the image
 * @param centerY middle of the square, in pixels of the image
 * @param side of the square, in pixels of the image
 * @param degrees rotation of the square
 */
public record Crop(double centerX, double centerY, double side, double degrees, boolean mirrored) {

    /** Samples per pixel and direction, so that fine detail does not flicker. */
    private static final int SAMPLES = 2;

    public Crop {
        if (!(side > 0)) {
            throw new IllegalArgumentException("a crop needs a side above 0; found " + side);
        }
    }

    /** The square, scaled to {@code size} by {@code size} pixels. */
    public PixelImage of(PixelImage image, int size) {
        PixelImage cut = new PixelImage(size, size);
        double turn = StrictMath.toRadians(degrees);
        double cosine = StrictMath.cos(turn);
        double sine = StrictMath.sin(turn);
        for (int y = 0; y < size * SAMPLES; y++) {
            double down = ((y + 0.5) / (size * SAMPLES) - 0.5) * side;
            for (int x = 0; x < size * SAMPLES; x++) {
                double right = ((x + 0.5) / (size * SAMPLES) - 0.5) * (mirrored ? -side : side);
                double sourceX = centerX + right * cosine - down * sine;
                double sourceY = centerY + right * sine + down * cosine;
                addSample(cut, x / SAMPLES, y / SAMPLES, image, sourceX - 0.5, sourceY - 0.5);
            }
        }
        return cut;
    }

    /** Adds the bilinear interpolation of the four neighbours of a point. */
    private static void addSample(PixelImage cut, int x, int y, PixelImage image, double sourceX, double sourceY) {
        if (sourceX < -0.5 || sourceY < -0.5 || sourceX > image.width() - 0.5 || sourceY > image.height() - 0.5) {
            return;
        }
        int left = (int) Math.max(0, Math.min(image.width() - 2, sourceX));
        int top = (int) Math.max(0, Math.min(image.height() - 2, sourceY));
        float across = (float) Math.max(0, Math.min(1, sourceX - left));
        float down = (float) Math.max(0, Math.min(1, sourceY - top));
        for (int channel = 0; channel < PixelImage.CHANNELS; channel++) {
            float above = mix(image.get(left, top, channel), image.get(left + 1, top, channel), across);
            float below = mix(image.get(left, top + 1, channel), image.get(left + 1, top + 1, channel), across);
            float share = mix(above, below, down) / (SAMPLES * SAMPLES);
            cut.set(x, y, channel, cut.get(x, y, channel) + share);
        }
    }

    private static float mix(float first, float second, float share) {
        return first + (second - first) * share;
    }
}
