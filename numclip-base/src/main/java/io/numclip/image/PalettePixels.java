package io.numclip.image;

import io.numclip.data.RgbRows;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** The pixels of a GIF or BMP as they are stored. */
final class PalettePixels {

    private static final int MOST_BYTES = 4; // of a decoded pixel

    private PalettePixels() {}

    static RgbRows read(GifFile gif, List<String> warnings) throws IOException {
        return PixelMemory.with(
                gif.width(), gif.height(), 1, () -> rows(JdkImageReaders.readGif(gif.bytes(), warnings)));
    }

    static RgbRows read(BmpFile bmp, List<String> warnings) throws IOException {
        return PixelMemory.with(
                bmp.width(),
                bmp.height(),
                MOST_BYTES,
                () -> rows(JdkImageReaders.readBmp(new ByteArrayInputStream(bmp.bytes()), warnings)));
    }

    private static RgbRows rows(BufferedImage decoded) {
        if (decoded.getColorModel() instanceof IndexColorModel colors) {
            return new PaletteRows(decoded.getRaster(), colors);
        }
        return decoded.getRaster().getDataBuffer().getDataType() == DataBuffer.TYPE_BYTE
                ? new ByteRows(decoded.getRaster())
                : RgbRows.of(decoded);
    }
}
