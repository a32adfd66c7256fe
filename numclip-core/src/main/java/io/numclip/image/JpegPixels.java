package io.numclip.image;

import io.numclip.data.RgbRows;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * The pixels of a JPEG. The native decoder computes red, green and blue by libjpeg's fixed-point formulas, so that
 * neither a colour profile nor a Java colour space has an effect; {@link InkRows} converts four components.
 */
final class JpegPixels {

    private JpegPixels() {}

    static RgbRows read(JpegFile jpeg) throws IOException {
        return switch (jpeg.color()) {
            case GRAY, RGB, YCBCR -> PixelMemory.with(jpeg.width(), jpeg.height(), 3, () -> colors(jpeg));
            case CMYK -> PixelMemory.with(jpeg.width(), jpeg.height(), 4, () -> inks(jpeg, false));
            case YCCK -> PixelMemory.with(jpeg.width(), jpeg.height(), 4, () -> inks(jpeg, true));
        };
    }

    private static RgbRows colors(JpegFile jpeg) throws IOException {
        return new ByteRows(JdkImageReaders.readJpegRgb(jpeg.stream(), jpeg.width(), jpeg.height()));
    }

    private static RgbRows inks(JpegFile jpeg, boolean ycc) throws IOException {
        Raster raster = JdkImageReaders.readJpegSamples(jpeg.stream());
        return new InkRows(raster, ycc);
    }
}
