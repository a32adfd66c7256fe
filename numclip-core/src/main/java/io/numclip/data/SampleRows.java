package io.numclip.data;

import java.awt.image.Raster;

/** Rows of 8-bit samples that are colours already; one band is gray, a fourth is dropped. */
final class SampleRows implements RgbRows {

    private final Raster raster;
    private final byte[] samples; // of a row, the bands of a pixel side by side

    SampleRows(Raster raster) {
        this.raster = raster;
        this.samples = new byte[raster.getWidth() * raster.getNumBands()];
    }

    @Override
    public int width() {
        return raster.getWidth();
    }

    @Override
    public int height() {
        return raster.getHeight();
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        raster.getDataElements(x, y, count, 1, samples);
        int bands = raster.getNumBands();
        int second = bands < 3 ? 0 : 1; // gray counts three times, alpha never
        int third = bands < 3 ? 0 : 2;
        for (int i = 0, sample = 0; i < count; i++, sample += bands) {
            red[i] = samples[sample] & 0xff;
            green[i] = samples[sample + second] & 0xff;
            blue[i] = samples[sample + third] & 0xff;
        }
    }
}
