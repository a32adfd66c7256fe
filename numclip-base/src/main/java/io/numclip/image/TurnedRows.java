package io.numclip.image;

import io.numclip.data.RgbRows;

/**
 * Rows of an image whose columns are stored as rows. Several rows are built at a time: each is a column of the stored
 * image, and reading a single column touches the memory of the whole image.
 */
final class TurnedRows implements RgbRows {

    private static final int BLOCK = 32;
    private static final int ALPHA = 3;

    private final RgbRows stored;
    private final boolean mirrored;
    private final boolean upsideDown;
    private final int[][] block; // red, green, blue and alpha of BLOCK rows
    private final int[][] piece = new int[4][BLOCK]; // part of a stored row
    private boolean hasAlpha;
    private int blockStart = -BLOCK;

    /** @param mirrored applies, like {@code upsideDown}, after flipping the stored image over its diagonal */
    TurnedRows(RgbRows stored, boolean mirrored, boolean upsideDown) {
        this.stored = stored;
        this.mirrored = mirrored;
        this.upsideDown = upsideDown;
        this.block = new int[4][BLOCK * stored.height()];
    }

    @Override
    public int width() {
        return stored.height();
    }

    @Override
    public int height() {
        return stored.width();
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        int from = startOf(y) + x;
        System.arraycopy(block[0], from, red, 0, count);
        System.arraycopy(block[1], from, green, 0, count);
        System.arraycopy(block[2], from, blue, 0, count);
    }

    @Override
    public boolean readAlpha(int x, int y, int count, int[] alpha) {
        int from = startOf(y) + x;
        if (hasAlpha) {
            System.arraycopy(block[ALPHA], from, alpha, 0, count);
        }
        return hasAlpha;
    }

    /** @return where the row begins in the block, which is loaded if it is another */
    private int startOf(int y) {
        if (y / BLOCK * BLOCK != blockStart) {
            blockStart = y / BLOCK * BLOCK;
            load(Math.min(BLOCK, height() - blockStart));
        }
        return (y - blockStart) * width();
    }

    private void load(int rows) {
        int first = upsideDown ? height() - blockStart - rows : blockStart;
        for (int row = 0; row < width(); row++) {
            stored.read(first, row, rows, piece[0], piece[1], piece[2]);
            hasAlpha = stored.readAlpha(first, row, rows, piece[ALPHA]);
            int column = mirrored ? width() - 1 - row : row;
            for (int channel = 0; channel < (hasAlpha ? 4 : 3); channel++) {
                for (int i = 0; i < rows; i++) {
                    int y = upsideDown ? rows - 1 - i : i;
                    block[channel][y * width() + column] = piece[channel][i];
                }
            }
        }
    }
}
