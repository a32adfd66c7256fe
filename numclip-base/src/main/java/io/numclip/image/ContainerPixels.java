package io.numclip.image;

import io.numclip.data.RgbRows;
import io.numclip.image.container.TiffFile;
import io.numclip.image.container.WebpFile;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.List;

/** The pixels of a WebP or TIFF: of 16 bits the high ones, inks as Pillow converts them. */
final class ContainerPixels {

    private static final int WEBP_BYTES = 9; // of a decoded pixel, and of what describes its block

    private ContainerPixels() {}

    static RgbRows read(WebpFile webp) throws IOException {
        PixelMemory.checkSize(webp.width(), webp.height());
        return PixelMemory.with(webp.width(), webp.height(), WEBP_BYTES, () -> new ByteRows(webp.decode()));
    }

    static RgbRows read(TiffFile tiff, List<String> warnings) throws IOException {
        PixelMemory.checkSize(tiff.width(), tiff.height());
        if (tiff.isWideGray()) {
            warnings.add(PngFile.WIDE_GRAY);
        }
        return PixelMemory.with(
                tiff.width(),
                tiff.height(),
                tiff.bytesPerPixel(),
                () -> tiff.isJpeg() ? new ByteRows(joined(tiff, warnings)) : rows(tiff, tiff.decode(warnings)));
    }

    private static RgbRows rows(TiffFile tiff, BufferedImage decoded) {
        if (decoded.getColorModel() instanceof IndexColorModel colors) {
            return new PaletteRows(decoded.getRaster(), colors);
        }
        Raster narrow = narrow(tiff, decoded.getRaster());
        return tiff.isInk() ? new InkRows(narrow, false) : new ByteRows(narrow);
    }

    /** The high bytes; inks as light, as a JPEG stores them. */
    private static Raster narrow(TiffFile tiff, Raster raster) {
        int width = raster.getWidth();
        int all = raster.getNumBands();
        WritableRaster narrow = interleaved(width, raster.getHeight(), tiff.bands());
        byte[] out = ((DataBufferByte) narrow.getDataBuffer()).getData();
        int shift = raster.getSampleModel().getSampleSize(0) - Byte.SIZE;
        int[] row = new int[width * all];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int i = 0; i < row.length; i++) {
                int alpha = row[i - i % all + all - 1] >> shift;
                int value = row[i] >> shift;
                if (tiff.isMultiplied() && alpha > 0 && i % all < all - 1) {
                    value = Math.min(255 * value / alpha, 255);
                }
                if (i % all < tiff.bands()) {
                    out[at++] = (byte) (tiff.isInk() ? ~value : value);
                }
            }
        }
        return narrow;
    }

    private static Raster joined(TiffFile tiff, List<String> warnings) throws IOException {
        WritableRaster whole = interleaved(tiff.width(), tiff.height(), 3);
        List<Rectangle> parts = tiff.parts();
        List<byte[]> jpegs = tiff.jpegs();
        for (int i = 0; i < parts.size(); i++) {
            Rectangle part = parts.get(i);
            Rectangle seen = part.intersection(whole.getBounds());
            JpegFile jpeg = JpegFile.parse(jpegs.get(i));
            if (jpeg.width() != part.width || jpeg.height() < seen.height || jpeg.height() > part.height) {
                throw new IOException("damaged (a JPEG of " + jpeg.width() + " x " + jpeg.height() + " for a part of "
                        + part.width + " x " + part.height + ")");
            }
            copy(JpegPixels.read(jpeg, warnings), whole, seen);
        }
        return whole;
    }

    private static void copy(RgbRows rows, WritableRaster whole, Rectangle place) {
        int[][] colors = new int[3][place.width];
        for (int y = 0; y < place.height; y++) {
            rows.read(0, y, place.width, colors[0], colors[1], colors[2]);
            for (int band = 0; band < colors.length; band++) {
                whole.setSamples(place.x, place.y + y, place.width, 1, band, colors[band]);
            }
        }
    }

    private static WritableRaster interleaved(int width, int height, int bands) {
        return Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, bands, null);
    }
}
