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
        int[] samples = new int[raster.getWidth() * raster.getNumBands()];
        int[] row = new int[raster.getWidth()];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, samples);
            toRgb(samples, row, decoded.getColorModel(), raster);
            image.getRaster().setDataElements(0, y, row.length, 1, row);
        }
        return image;
    }

    private static void toRgb(int[] samples, int[] row, ColorModel colors, Raster raster) {
        int bands = raster.getNumBands();
        int shift = raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? 8 : 0;
        for (int x = 0; x < row.length; x++) {
            if (colors instanceof IndexColorModel palette) {
                row[x] = palette.getRGB(samples[x]) & 0xffffff;
            } else {
                int first = x * bands;
                int second = bands < 3 ? first : first + 1;
                int third = bands < 3 ? first : first + 2;
                row[x] = samples[first] >> shift << 16 | samples[second] >> shift << 8 | samples[third] >> shift;
            }
        }
    }
}
