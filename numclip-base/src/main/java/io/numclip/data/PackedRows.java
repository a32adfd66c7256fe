package io.numclip.data;

import java.awt.image.BufferedImage;

/** Rows of an image whose pixels are packed integers, or can be read as such. */
final class PackedRows implements RgbRows {

    private final BufferedImage image;
    private final int[] row;

    PackedRows(BufferedImage image) {
        this.image = image;
        this.row = new int[image.getWidth()];
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public boolean readAlpha(int x, int y, int count, int[] alpha) {
        if (!image.getColorModel().hasAlpha()) {
            return false;
        }
        image.getRGB(x, y, count, 1, row, 0, count);
        for (int i = 0; i < count; i++) {
            alpha[i] = row[i] >>> 24;
        }
        return true;
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        if (image.getType() == BufferedImage.TYPE_INT_RGB) {
            image.getRaster().getDataElements(x, y, count, 1, row);
        } else {
            image.getRGB(x, y, count, 1, row, 0, count);
        }
        for (int i = 0; i < count; i++) {
            red[i] = row[i] >> 16 & 0xff;
            green[i] = row[i] >> 8 & 0xff;
            blue[i] = row[i] & 0xff;
        }
    }
}
