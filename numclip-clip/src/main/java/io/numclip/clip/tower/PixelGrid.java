package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Pictures as features without a network: colours averaged over a grid of S × S equal squares. What is measured is the
 * colour at a place, so pictures must show the same thing at the same place.
 */
public final class PixelGrid {

    private static final int COLOURS = 3;

    private PixelGrid() {}

    /** D of {@link #averages(NDArray, int)}. */
    public static int averages(int grid) {
        return COLOURS * grid * grid;
    }

    /**
     * The averages, and one more number that is the same for all images ({@link #constant}). Features are brought to length 1
     * before a head gets them. The averages alone would lose there how bright an image is that has one colour all over, and of
     * middle grey nothing is left to divide by.
     *
     * @param pixels (N, 3, H, W)
     * @param grid S, divides H = W
     * @return (N, D)
     */
    static NDArray features(NDArray pixels, int grid) {
        NDArray averages = averages(pixels, grid); // (N, 3·S²)
        Shape column = new Shape(pixels.getShape().get(0), 1);
        NDArray constant = averages.getManager().full(column, (float) constant(grid)); // (N, 1)
        return averages.concat(constant, 1); // (N, D)
    }

    /** √(3·S²) / 4, the length of an image that is all over a quarter of the way from middle grey (0) to white (1). */
    public static double constant(int grid) {
        return Math.sqrt(averages(grid)) / 4;
    }

    /**
     * All squares of the first colour, row by row, then those of the second and the third.
     *
     * @param pixels (N, 3, H, W)
     * @param grid S, divides H = W
     * @return (N, 3·S²)
     */
    public static NDArray averages(NDArray pixels, int grid) {
        long side = pixels.getShape().get(2) / grid;
        return pixels.reshape(-1, COLOURS, grid, side, grid, side) // (N, 3, S, H / S, S, W / S)
                .mean(new int[] {5}) // (N, 3, S, H / S, S)
                .mean(new int[] {3}) // (N, 3, S, S)
                .reshape(-1, averages(grid)); // (N, 3·S²)
    }
}
