package io.numclip.yardstick;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.numclip.clip.TowerMemory;
import io.numclip.clip.tower.ImageEncoder;
import io.numclip.clip.tower.PixelGrid;

/**
 * The picture itself, without a network: colours averaged over a grid of at most {@value #LARGEST_GRID} ×
 * {@value #LARGEST_GRID} equal squares.
 *
 * @param imageSize H = W of the pixels
 * @param manager of the pixels
 */
public record PooledPixels(int imageSize, NDManager manager) implements ImageEncoder {

    /** Stands for the weights of a tower in a feature cache. */
    public static final String FINGERPRINT = "pooled-pixels-1";

    private static final int LARGEST_GRID = 16;

    /** S, the largest number of squares in a row that divides the image evenly. */
    private int grid() {
        int grid = Math.min(LARGEST_GRID, imageSize);
        while (imageSize % grid != 0) {
            grid--;
        }
        return grid;
    }

    @Override
    public int width() {
        return PixelGrid.averages(grid());
    }

    @Override
    public TowerMemory memory() {
        return new TowerMemory(0, 0, 3L * imageSize * imageSize * Float.BYTES);
    }

    @Override
    public NDArray encode(NDArray pixels, boolean training) {
        return PixelGrid.averages(pixels, grid()); // (N, D)
    }
}
