package io.numclip.data;

import java.util.Optional;

/** Rows of a region that lies in a picture. */
record CutRows(RgbRows picture, Region region) implements RgbRows {

    @Override
    public int width() {
        return region.width();
    }

    @Override
    public int height() {
        return region.height();
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        picture.read(region.left() + x, region.top() + y, count, red, green, blue);
    }

    @Override
    public boolean readAlpha(int x, int y, int count, int[] alpha) {
        return picture.readAlpha(region.left() + x, region.top() + y, count, alpha);
    }

    @Override
    public Optional<String> damage() {
        return picture.damage();
    }

    @Override
    public RgbRows widened(double margin) {
        return new CutRows(picture, region.widened(margin, picture.width(), picture.height()));
    }
}
