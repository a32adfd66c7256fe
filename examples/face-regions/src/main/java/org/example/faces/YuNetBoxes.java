package org.example.faces;

import io.numclip.data.Region;
import io.numclip.spi.RegionFinder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The boxes that the network's outputs stand for, as OpenCV's FaceDetectorYN reads them.
 *
 * @param overlap of two boxes above which the less confident one is dropped
 */
record YuNetBoxes(double minConfidence, double overlap) {

    private static final List<Integer> STRIDES = List.of(8, 16, 32);

    static final List<String> OUTPUTS = Stream.of("cls_", "obj_", "bbox_")
            .flatMap(name -> STRIDES.stream().map(stride -> name + stride))
            .toList();

    /** A box in pixels, which may go beyond the picture. */
    record Box(float left, float top, float width, float height, float score) {

        /** Shared area by that of both together, in whole pixels. */
        double overlap(Box other) {
            double wide = Math.min((int) left + (int) width, (int) other.left + (int) other.width)
                    - Math.max((int) left, (int) other.left);
            double high = Math.min((int) top + (int) height, (int) other.top + (int) other.height)
                    - Math.max((int) top, (int) other.top);
            double both = wide > 0 && high > 0 ? wide * high : 0;
            return both / (area() + other.area() - both);
        }

        private double area() {
            return (double) (int) width * (int) height;
        }
    }

    /**
     * @param output by its name
     * @param width of the pixels that the network saw
     */
    List<Box> read(Function<String, FloatBuffer> output, int width, int height) {
        List<Box> boxes = new ArrayList<>();
        for (int stride : STRIDES) {
            FloatBuffer classes = output.apply("cls_" + stride);
            FloatBuffer objects = output.apply("obj_" + stride);
            FloatBuffer places = output.apply("bbox_" + stride);
            int columns = width / stride;
            for (int cell = 0; cell < columns * (height / stride); cell++) {
                float score = (float) Math.sqrt(share(classes.get(cell)) * share(objects.get(cell)));
                if (score >= minConfidence) {
                    boxes.add(box(places, cell, columns, stride, score));
                }
            }
        }
        boxes.sort(Comparator.comparing(Box::score).reversed());
        return withoutDoubles(boxes);
    }

    private static float share(float value) {
        return Math.max(0, Math.min(1, value));
    }

    private static Box box(FloatBuffer places, int cell, int columns, int stride, float score) {
        float x = (cell % columns + places.get(4 * cell)) * stride;
        float y = (cell / columns + places.get(4 * cell + 1)) * stride;
        float width = (float) Math.exp(places.get(4 * cell + 2)) * stride;
        float height = (float) Math.exp(places.get(4 * cell + 3)) * stride;
        return new Box(x - width / 2, y - height / 2, width, height, score);
    }

    private List<Box> withoutDoubles(List<Box> sorted) {
        List<Box> kept = new ArrayList<>();
        for (Box box : sorted) {
            if (kept.stream().allMatch(better -> better.overlap(box) <= overlap)) {
                kept.add(box);
            }
        }
        return kept;
    }

    /** In pixels of the picture, cut at its edge; a box that lies beside the picture is none. */
    static List<RegionFinder.Found> regions(List<Box> boxes, int reduction, int width, int height) {
        List<RegionFinder.Found> found = new ArrayList<>();
        for (Box box : boxes) {
            double left = Math.rint(clamp(reduction * (double) box.left(), width));
            double top = Math.rint(clamp(reduction * (double) box.top(), height));
            double right = Math.rint(clamp(reduction * ((double) box.left() + box.width()), width));
            double bottom = Math.rint(clamp(reduction * ((double) box.top() + box.height()), height));
            if (right > left && bottom > top) {
                Region region = Region.rounded(left, top, right - left, bottom - top);
                found.add(new RegionFinder.Found(region, box.score()));
            }
        }
        return found;
    }

    private static double clamp(double pixels, int length) {
        return Math.max(0, Math.min(length, pixels));
    }
}
