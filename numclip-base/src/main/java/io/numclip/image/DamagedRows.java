package io.numclip.image;

import io.numclip.data.RgbRows;
import java.util.Optional;

/** Rows of a file that the decoder found damaged. */
record DamagedRows(RgbRows rows, String words) implements RgbRows {

    @Override
    public Optional<String> damage() {
        return Optional.of(words);
    }

    @Override
    public int width() {
        return rows.width();
    }

    @Override
    public int height() {
        return rows.height();
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        rows.read(x, y, count, red, green, blue);
    }

    @Override
    public boolean readAlpha(int x, int y, int count, int[] alpha) {
        return rows.readAlpha(x, y, count, alpha);
    }
}
