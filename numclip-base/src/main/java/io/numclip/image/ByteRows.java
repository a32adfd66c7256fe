package io.numclip.image;

import io.numclip.data.RgbRows;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * Rows of 8-bit samples that are already colours; a single band is gray, a second or fourth one is alpha. Samples are read
 * directly from the buffer: a raster would copy those of a PNG, which the JDK stores in the order BGR, one by one.
 */
final class ByteRows implements RgbRows {

    private final int width;
    private final int height;
    private final byte[] samples;
    private final int rowStride;
    private final int pixelStride;
    private final int[] bands; // position of each band's sample within a pixel

    ByteRows(Raster raster) {
        ComponentSampleModel model = (ComponentSampleModel) raster.getSampleModel();
        this.width = raster.getWidth();
        this.height = raster.getHeight();
        this.samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        this.rowStride = model.getScanlineStride();
        this.pixelStride = model.getPixelStride();
        this.bands = model.getBandOffsets();
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        int start = y * rowStride + x * pixelStride;
        boolean gray = bands.length < 3; // the gray band serves as all three colours
        read(start + bands[0], count, red);
        read(start + bands[gray ? 0 : 1], count, green);
        read(start + bands[gray ? 0 : 2], count, blue);
    }

    @Override
    public boolean readAlpha(int x, int y, int count, int[] alpha) {
        boolean has = bands.length % 2 == 0;
        if (has) {
            read(y * rowStride + x * pixelStride + bands[bands.length - 1], count, alpha);
        }
        return has;
    }

    private void read(int start, int count, int[] values) {
        for (int i = 0, sample = start; i < count; i++, sample += pixelStride) {
            values[i] = samples[sample] & 0xff;
        }
    }
}
