package io.numclip.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/** The pixels of a PNG, sample by sample: no colour space conversion, which would change gray values. */
final class PngPixels {

    private PngPixels() {}

    static BufferedImage read(PngFile png) throws IOException {
        BufferedImage decoded = JdkImageReaders.read("png", png.bytes());
        Raster raster = decoded.getRaster();
        BufferedImage image = new BufferedImage(raster.getWidth(), raster.getHeight(), BufferedImage.TYPE_INT_RGB);
        boolean wide = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT;
        byte[] samples = new byte[raster.getWidth() * raster.getNumBands()];
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            if (wide) {
                readHighBytes(raster, y, samples);
            } else {
                raster.getDataElements(0, y, row.length, 1, samples);
            }
            toRgb(samples, row, decoded.getColorModel());
            image.getRaster().setDataElements(0, y, row.length, 1, row);
        }
        return image;
    }

    private static void readHighBytes(Raster raster, int y, byte[] samples) {
        short[] wide = (short[]) raster.getDataElements(0, y, raster.getWidth(), 1, null);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) (wide[i] >> 8);
        }
    }

    private static void toRgb(byte[] samples, int[] row, ColorModel colors) {
        int bands = samples.length / row.length;
        int green = bands < 3 ? 0 : 1; // gray counts three times, alpha never
        int blue = bands < 3 ? 0 : 2;
        for (int x = 0; x < row.length; x++) {
            int i = x * bands;
            row[x] = colors instanceof IndexColorModel palette
                    ? palette.getRGB(samples[i] & 0xff) & 0xffffff
                    : (samples[i] & 0xff) << 16 | (samples[i + green] & 0xff) << 8 | (samples[i + blue] & 0xff);
        }
    }
}
