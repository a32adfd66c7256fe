package io.numclip.input;

import java.nio.FloatBuffer;

/**
 * Turns, enlarges and shifts an image about its centre, in this order. Pixels in between are interpolated linearly; beyond an
 * edge its last pixel goes on.
 *
 * @param turn in radians, clockwise
 * @param zoom factor; above 1 enlarges
 * @param right shift, as a share of the width
 * @param down shift, as a share of the height
 */
public record Warp(double turn, double zoom, double right, double down) {

    public static final Warp NONE = new Warp(0, 1, 0, 0);

    boolean isNone() {
        return equals(NONE);
    }

    /** @param pixels 3·H·W values, which are overwritten */
    void apply(FloatBuffer pixels, int height, int width) {
        Plane[] planes = new Plane[pixels.capacity() / (height * width)];
        for (int c = 0; c < planes.length; c++) {
            planes[c] = Plane.copied(pixels, c * height * width, height, width);
        }
        double centreX = (width - 1) / 2.0;
        double centreY = (height - 1) / 2.0;
        double cos = Math.cos(turn) / zoom;
        double sin = Math.sin(turn) / zoom;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double fromX = x - centreX - right * width;
                double fromY = y - centreY - down * height;
                Place place =
                        Place.of(cos * fromX + sin * fromY + centreX, cos * fromY - sin * fromX + centreY, planes[0]);
                for (int c = 0; c < planes.length; c++) {
                    pixels.put((c * height + y) * width + x, planes[c].at(place));
                }
            }
        }
    }

    /** A point between four pixels: the upper left one, the steps to the others, and how near they are. */
    private record Place(int index, int stepRight, int stepDown, float nearRight, float nearDown) {

        static Place of(double x, double y, Plane plane) {
            double insideX = Math.max(0, Math.min(plane.width - 1, x));
            double insideY = Math.max(0, Math.min(plane.height - 1, y));
            int column = (int) insideX;
            int row = (int) insideY;
            return new Place(
                    row * plane.width + column,
                    column + 1 < plane.width ? 1 : 0,
                    row + 1 < plane.height ? plane.width : 0,
                    (float) (insideX - column),
                    (float) (insideY - row));
        }
    }

    /** One colour. */
    private static final class Plane {

        private final float[] values;
        private final int height;
        private final int width;

        private Plane(float[] values, int height, int width) {
            this.values = values;
            this.height = height;
            this.width = width;
        }

        static Plane copied(FloatBuffer pixels, int start, int height, int width) {
            float[] values = new float[height * width];
            pixels.get(start, values);
            return new Plane(values, height, width);
        }

        float at(Place place) {
            int first = place.index;
            int second = first + place.stepDown;
            float upper = mixed(values[first], values[first + place.stepRight], place.nearRight);
            float lower = mixed(values[second], values[second + place.stepRight], place.nearRight);
            return mixed(upper, lower, place.nearDown);
        }

        private static float mixed(float one, float other, float share) {
            return one + (other - one) * share;
        }
    }
}
