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
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        int row = upsideDown ? height() - 1 - y : y;
        stored.read(mirrored ? width() - x - count : x, row, count, red, green, blue);
        if (mirrored) {
            reverse(red, count);
            reverse(green, count);
            reverse(blue, count);
        }
    }

    private static void reverse(int[] values, int count) {
        for (int left = 0, right = count - 1; left < right; left++, right--) {
            int value = values[left];
            values[left] = values[right];
            values[right] = value;
        }
    }
}
