package io.numclip.data;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * The pixels of a JPEG. The JDK decodes components; colours are computed here with libjpeg's fixed-point formulas and, for
 * CMYK, Pillow's, so that neither a colour profile nor a Java colour space has a say.
 */
final class JpegPixels {

    private static final int HALF = 1 << 15;

    private JpegPixels() {}

    static BufferedImage read(JpegFile jpeg) throws IOException {
        JpegFile.Color color = jpeg.color();
        Raster raster = JdkImageReaders.readRaster("jpeg", jpeg.bytes());
        BufferedImage image = new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
        byte[] samples = new byte[raster.getWidth() * raster.getNumBands()];
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getDataElements(0, y, row.length, 1, samples);
            toRgb(color, samples, row);
            image.getRaster().setDataElements(0, y, row.length, 1, row);
        }
        return image;
    }

    private static void toRgb(JpegFile.Color color, byte[] samples, int[] row) {
        int bands = samples.length / row.length;
        for (int x = 0; x < row.length; x++) {
            int i = x * bands;
            row[x] = switch (color) {
                case GRAY -> (samples[i] & 0xff) * 0x010101;
                case RGB -> rgb(samples[i] & 0xff, samples[i + 1] & 0xff, samples[i + 2] & 0xff);
                case YCBCR -> fromYcc(samples, i);
                case CMYK ->
                    fromInvertedCmyk(
                            rgb(samples[i] & 0xff, samples[i + 1] & 0xff, samples[i + 2] & 0xff),
                            samples[i + 3] & 0xff);
                case YCCK -> fromInvertedCmyk(~fromYcc(samples, i) & 0xffffff, samples[i + 3] & 0xff);
            };
        }
    }

    private static int fromYcc(byte[] samples, int i) {
        int y = samples[i] & 0xff;
        int cb = (samples[i + 1] & 0xff) - 128;
        int cr = (samples[i + 2] & 0xff) - 128;
        int red = y + ((91881 * cr + HALF) >> 16); // 1.40200
        int green = y + ((-22554 * cb - 46802 * cr + HALF) >> 16); // 0.34414, 0.71414
        int blue = y + ((116130 * cb + HALF) >> 16); // 1.77200
        return rgb(clip(red), clip(green), clip(blue));
    }

    /** Adobe's files, the only ones with four components, hold 255 minus the ink. */
    private static int fromInvertedCmyk(int cmy, int light) {
        int red = light - scaled(255 - (cmy >> 16 & 0xff), light);
        int green = light - scaled(255 - (cmy >> 8 & 0xff), light);
        int blue = light - scaled(255 - (cmy & 0xff), light);
        return rgb(clip(red), clip(green), clip(blue));
    }

    /** Rounded a·b/255. */
    private static int scaled(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }

    private static int rgb(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    private static int clip(int value) {
        return Math.min(Math.max(value, 0), 255);
    }
}
