package io.numclip.data;

import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * An upright image that is read row by row, so that its pixels are in memory only once, in the decoder's format. For
 * one thread at a time; fastest from top to bottom.
 */
public interface RgbRows {

    int width();

    int height();

    /** Copies {@code count} pixels of row {@code y}, from column {@code x} on, to the front of the arrays; 0 to 255. */
    void read(int x, int y, int count, int[] red, int[] green, int[] blue);

    /**
     * Copies how opaque the same pixels are: 0 (nothing of the colour is seen) to 255.
     *
     * @return false where the image has no alpha; then nothing is copied, and all pixels are opaque
     */
    default boolean readAlpha(int x, int y, int count, int[] alpha) {
        return false;
    }

    /**
     * What the decoder says of damage in the file, though it gave all pixels: some may be wrong, or of another place.
     *
     * @return empty where it says nothing
     */
    default Optional<String> damage() {
        return Optional.empty();
    }

    /**
     * Where this is a region of a picture, the region with more of the picture around it, as far as there is more; otherwise
     * this.
     *
     * @param margin share of the region's width, on the left and on the right, and of its height, above and below
     */
    default RgbRows widened(double margin) {
        return this;
    }

    /** Rows of an image of any type. */
    static RgbRows of(BufferedImage image) {
        return new PackedRows(image);
    }

    /** @return {@link BufferedImage#TYPE_INT_RGB}; alpha is dropped */
    default BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width()];
        int[] green = new int[width()];
        int[] blue = new int[width()];
        for (int y = 0; y < height(); y++) {
            read(0, y, row.length, row, green, blue);
            for (int x = 0; x < row.length; x++) {
                row[x] = row[x] << 16 | green[x] << 8 | blue[x];
            }
            image.getRaster().setDataElements(0, y, row.length, 1, row);
        }
        return image;
    }
}
