package io.numclip.image;

import io.numclip.data.RgbRows;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Rows of an image whose pixels are indices into a palette of colours. */
final class PaletteRows implements RgbRows {

    private final Raster raster;
    private final int[] palette = new int[256];
    private final boolean hasAlpha;
    private final byte[] row;

    PaletteRows(Raster raster, IndexColorModel colors) {
        this.raster = raster;
        this.row = new byte[raster.getWidth()];
        this.hasAlpha = colors.hasAlpha();
        colors.getRGBs(palette);
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
        raster.getDataElements(x, y, count, 1, row);
        for (int i = 0; i < count; i++) {
            int color = palette[row[i] & 0xff];
            red[i] = color >> 16 & 0xff;
            green[i] = color >> 8 & 0xff;
            blue[i] = color & 0xff;
        }
    }

    @Override
    public boolean readAlpha(int x, int y, int count, int[] alpha) {
        if (hasAlpha) {
            raster.getDataElements(x, y, count, 1, row);
            for (int i = 0; i < count; i++) {
                alpha[i] = palette[row[i] & 0xff] >>> 24;
            }
        }
        return hasAlpha;
    }
}
