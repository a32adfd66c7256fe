package io.numclip.image;

import io.numclip.data.RgbRows;
import java.awt.image.Raster;

/** Rows of a JPEG with four components, as colours that are computed in fixed point, as by libjpeg and Pillow. */
final class InkRows implements RgbRows {

    private static final int HALF = 1 << 15;

    private final Raster raster;
    private final boolean ycc;
    private final byte[] samples; // of a row; the components of a pixel are adjacent

    /** @param ycc whether the first three components are luminance and colour differences, not inks */
    InkRows(Raster raster, boolean ycc) {
        this.raster = raster;
        this.ycc = ycc;
        this.samples = new byte[4 * raster.getWidth()];
    }

    @Override
    public int width() {
        return raster.getWidth();
    }

    @Override
    public int height() {
        return raster.getHeight();
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        raster.getDataElements(x, y, count, 1, samples);
        for (int i = 0; i < count; i++) {
            int cmy = ycc ? ~fromYcc(4 * i) : rgb(sample(4 * i), sample(4 * i + 1), sample(4 * i + 2));
            int light = sample(4 * i + 3);
            red[i] = fromInverted(cmy >> 16 & 0xff, light);
            green[i] = fromInverted(cmy >> 8 & 0xff, light);
            blue[i] = fromInverted(cmy & 0xff, light);
        }
    }

    private int fromYcc(int i) {
        int y = sample(i);
        int cb = sample(i + 1) - 128;
        int cr = sample(i + 2) - 128;
        int red = y + ((91881 * cr + HALF) >> 16); // 1.40200
        int green = y + ((-22554 * cb - 46802 * cr + HALF) >> 16); // 0.34414, 0.71414
        int blue = y + ((116130 * cb + HALF) >> 16); // 1.77200
        return rgb(clip(red), clip(green), clip(blue));
    }

    private int sample(int index) {
        return samples[index] & 0xff;
    }

    /** Files by Adobe programs, the only ones with four components, store 255 minus the ink. */
    private static int fromInverted(int ink, int light) {
        int product = (255 - ink) * light + 128;
        return clip(light - (((product >> 8) + product) >> 8)); // rounded (255 − ink)·light / 255
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    private static int clip(int value) {
        return Math.min(Math.max(value, 0), 255);
    }
}
