package io.numclip.image.container;

import java.awt.Point;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.WritableRaster;

/**
 * Samples of 8 bits that are written a bounded number of times: the decoder of a lossless WebP does not mind how often the file
 * has it change all pixels, so that a few bytes would keep it busy for hours.
 */
final class BoundedRaster extends WritableRaster {

    private static final int MOST = 6; // times a pixel is written: decoded, and changed in each of four ways

    private final byte[] samples;
    private final int bands;
    private long left;

    BoundedRaster(int width, int height, int bands) {
        super(
                new PixelInterleavedSampleModel(
                        DataBuffer.TYPE_BYTE,
                        width,
                        height,
                        bands,
                        bands * width,
                        bands == 3 ? new int[] {0, 1, 2} : new int[] {0, 1, 2, 3}),
                new Point());
        this.samples = ((DataBufferByte) getDataBuffer()).getData();
        this.bands = bands;
        this.left = (long) MOST * width * height;
    }

    @Override
    public void setDataElements(int x, int y, Object pixel) {
        if (left-- == 0) {
            throw new IllegalStateException("pixels that are changed again and again");
        }
        System.arraycopy(pixel, 0, samples, bands * (y * getWidth() + x), bands);
    }

    @Override
    public Object getDataElements(int x, int y, Object pixel) {
        System.arraycopy(samples, bands * (y * getWidth() + x), pixel, 0, bands);
        return pixel;
    }
}
