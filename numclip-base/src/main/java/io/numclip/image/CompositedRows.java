package io.numclip.image;

import io.numclip.data.RgbRows;

/** Rows of an image over an opaque canvas of one colour, with the roundings of Pillow's {@code Image.alpha_composite}. */
final class CompositedRows implements RgbRows {

    private final RgbRows image;
    private final int canvasRed;
    private final int canvasGreen;
    private final int canvasBlue;
    private final int[] alpha;

    /** @param canvas red, green and blue, 8 bits each */
    CompositedRows(RgbRows image, int canvas) {
        this.image = image;
        this.canvasRed = canvas >> 16 & 0xff;
        this.canvasGreen = canvas >> 8 & 0xff;
        this.canvasBlue = canvas & 0xff;
        this.alpha = new int[image.width()];
    }

    @Override
    public int width() {
        return image.width();
    }

    @Override
    public int height() {
        return image.height();
    }

    @Override
    public void read(int x, int y, int count, int[] red, int[] green, int[] blue) {
        image.read(x, y, count, red, green, blue);
        if (image.readAlpha(x, y, count, alpha)) {
            compose(count, red, canvasRed);
            compose(count, green, canvasGreen);
            compose(count, blue, canvasBlue);
        }
    }

    private void compose(int count, int[] values, int canvas) {
        for (int i = 0; i < count; i++) {
            int sum = values[i] * alpha[i] + canvas * (255 - alpha[i]) + 128;
            values[i] = (sum + (sum >> 8)) >> 8; // rounded sum / 255
        }
    }
}
