package org.example.faces;

import io.numclip.data.RgbRows;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The pixels of a picture for the network: means of squares of pixels, with black to the right of the picture and below it. */
final class ReducedPixels {

    private ReducedPixels() {}

    /**
     * @param reduction pixels on a side of a square
     * @return 3 · height · width: blue, green, red; 0 to 255
     */
    static FloatBuffer of(RgbRows picture, int reduction, int width, int height) {
        int plane = width * height;
        FloatBuffer pixels = ByteBuffer.allocateDirect(3 * plane * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int[][] colors = new int[3][picture.width()]; // red, green, blue
        for (int y = 0; y < picture.height(); y++) {
            picture.read(0, y, picture.width(), colors[0], colors[1], colors[2]);
            int row = y / reduction;
            for (int x = 0; x < picture.width(); x++) {
                int column = x / reduction;
                int wide = inSquare(column, reduction, picture.width());
                float share = 1f / (wide * inSquare(row, reduction, picture.height()));
                for (int color = 0; color < 3; color++) {
                    int at = (2 - color) * plane + row * width + column;
                    pixels.put(at, pixels.get(at) + share * colors[color][x]);
                }
            }
        }
        return pixels;
    }

    /** The last square may have fewer pixels. */
    private static int inSquare(int index, int reduction, int length) {
        return Math.min(reduction, length - index * reduction);
    }
}
