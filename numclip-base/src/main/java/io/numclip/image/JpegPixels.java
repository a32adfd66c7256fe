package io.numclip.image;

import io.numclip.data.RgbRows;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.List;

/**
 * The pixels of a JPEG. The native decoder computes red, green and blue by libjpeg's fixed-point formulas, so that
 * neither a colour profile nor a Java colour space has an effect; {@link InkRows} converts four components.
 */
final class JpegPixels {

    private JpegPixels() {}

    static RgbRows read(JpegFile jpeg, List<String> warnings) throws IOException {
        return switch (jpeg.color()) {
            case GRAY, RGB, YCBCR -> PixelMemory.with(jpeg.width(), jpeg.height(), 3, () -> colors(jpeg, warnings));
            case CMYK -> PixelMemory.with(jpeg.width(), jpeg.height(), 4, () -> inks(jpeg, false, warnings));
            case YCCK -> PixelMemory.with(jpeg.width(), jpeg.height(), 4, () -> inks(jpeg, true, warnings));
        };
    }

    private static RgbRows colors(JpegFile jpeg, List<String> warnings) throws IOException {
        return new ByteRows(JdkImageReaders.readJpegRgb(jpeg.stream(), jpeg.width(), jpeg.height(), warnings));
    }

    private static RgbRows inks(JpegFile jpeg, boolean ycc, List<String> warnings) throws IOException {
        Raster raster = JdkImageReaders.readJpegSamples(jpeg.stream(), warnings);
        return new InkRows(raster, ycc);
    }
}
