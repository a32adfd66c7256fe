package io.numclip.image;

import io.numclip.data.RgbRows;

/** Rows of an image that is stored mirrored, upside down, or both. */
record FlippedRows(RgbRows stored, boolean mirrored, boolean upsideDown) implements RgbRows {

    @Override
    public int width() {
        return stored.width();
    }

    @Override
    public int height() {
        return stored.height();
    }

    @Override
    public boolean readAlpha(int x, int y, int count, int[] alpha) {
        boolean has = stored.readAlpha(storedColumn(x, count), storedRow(y), count, alpha);
        if (has && mirrored) {
            reverse(alpha, count);
        }
        return has;
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        stored.read(storedColumn(x, count), storedRow(y), count, red, green, blue);
        if (mirrored) {
            reverse(red, count);
            reverse(green, count);
            reverse(blue, count);
        }
    }

    private int storedColumn(int x, int count) {
        return mirrored ? width() - x - count : x;
    }

    private int storedRow(int y) {
        return upsideDown ? height() - 1 - y : y;
    }

    private static void reverse(int[] values, int count) {
        for (int left = 0, right = count - 1; left < right; left++, right--) {
            int value = values[left];
            values[left] = values[right];
            values[right] = value;
        }
    }
}
