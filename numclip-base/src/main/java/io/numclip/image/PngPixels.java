package io.numclip.image;

import io.numclip.data.RgbRows;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** The pixels of a PNG, sample by sample, without colour space conversion, which would change gray values. */
final class PngPixels {

    private PngPixels() {}

    static RgbRows read(PngFile png, List<String> warnings) throws IOException {
        if (png.isWideGray()) {
            warnings.add(PngFile.WIDE_GRAY);
        }
        return PixelMemory.with(png.width(), png.height(), png.bytesPerPixel(), () -> decode(png));
    }

    private static RgbRows decode(PngFile png) throws IOException {
        BufferedImage decoded = JdkImageReaders.readPng(new ByteArrayInputStream(png.bytes()));
        Raster raster = decoded.getRaster();
        if (decoded.getColorModel() instanceof IndexColorModel colors) {
            return new PaletteRows(raster, colors);
        }
        return new ByteRows(
                raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT ? highBytes(raster) : raster);
    }

    private static Raster highBytes(Raster wide) {
        int width = wide.getWidth();
        WritableRaster raster =
                Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, wide.getHeight(), wide.getNumBands(), null);
        short[] row = new short[width * wide.getNumBands()];
        byte[] high = new byte[row.length];
        for (int y = 0; y < wide.getHeight(); y++) {
            wide.getDataElements(0, y, width, 1, row);
            for (int i = 0; i < row.length; i++) {
                high[i] = (byte) (row[i] >> 8);
            }
            raster.setDataElements(0, y, width, 1, high);
        }
        return raster;
    }
}
