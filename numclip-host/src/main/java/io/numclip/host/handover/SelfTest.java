package io.numclip.host.handover;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.tower.ImageTower;
import io.numclip.image.ImageDecoder;
import io.numclip.model.NumClipPredictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one image becomes on its way through a model, step by step, so that a difference can be told where it arises: other
 * pixels by another preprocessing, other features by another image tower, another number by another head.
 *
 * @param pixels some of the normalised pixels, evenly spread
 * @param imageFeatures (D) of length 1, as the image tower gives them
 * @param value the predicted number, not rounded
 */
public record SelfTest(List<Double> pixels, List<Double> imageFeatures, double value) {

    private static final int SHOWN_PIXELS = 300;

    /** One step of 255 is about 0.015 after normalisation. */
    private static final double PIXEL_TOLERANCE = 0.002;

    /** How far the cosine may be from 1 on another machine. */
    private static final double COSINE_TOLERANCE = 1e-6;

    /** A share of the range of the scale. */
    private static final double VALUE_TOLERANCE = 1e-4;

    public SelfTest {
        pixels = List.copyOf(pixels);
        imageFeatures = List.copyOf(imageFeatures);
    }

    /**
     * Sends the image through the model. In 16 bits, rounding would hide another activation, so the image tower is given in
     * float32.
     */
    public static SelfTest of(NumClipPredictor predictor, ImageTower exact, Path image) throws IOException {
        ClipPreprocessor preprocessor = predictor.preprocessor();
        float[] pixels = preprocessor.pixels(ImageDecoder.decode(image));
        Shape shape = new Shape(1, 3, preprocessor.height(), preprocessor.width());
        try (NDManager scope = exact.manager().newSubManager()) {
            NDArray features = exact.encode(scope.create(pixels, shape), false); // (1, D)
            float number =
                    predictor.model().forwardFeatures(features, false).value().toFloatArray()[0];
            double value = predictor.model().scale().within(number);
            return new SelfTest(spread(pixels), doubles(features.normalize().toFloatArray()), value);
        }
    }

    private static List<Double> spread(float[] pixels) {
        List<Double> some = new ArrayList<>();
        int step = Math.max(1, pixels.length / SHOWN_PIXELS);
        for (int i = 0; i < pixels.length; i += step) {
            some.add((double) pixels[i]);
        }
        return some;
    }

    private static List<Double> doubles(float[] values) {
        List<Double> list = new ArrayList<>();
        for (float value : values) {
            list.add((double) value);
        }
        return list;
    }

    /**
     * The first step at which another test differs, in words; nothing if none does.
     *
     * @param range of the scale
     */
    public Optional<String> difference(SelfTest other, double range) {
        double apart = largestDifference(pixels, other.pixels);
        if (apart > PIXEL_TOLERANCE) {
            return Optional.of("the pixels of its test image differ by up to %.3f: the image is resized, cropped or"
                            .formatted(apart)
                    + " normalised in another way than when the model was written");
        }
        double turned = 1 - cosine(imageFeatures, other.imageFeatures);
        if (!(turned <= COSINE_TOLERANCE)) {
            return Optional.of(
                    "the features of its test image differ from those recorded (1 - cosine is %.2g): weights,"
                                    .formatted(turned)
                            + " activation, positions or pooling of the image tower are others than when the model was written");
        }
        if (!(Math.abs(value - other.value) <= range * VALUE_TOLERANCE)) {
            return Optional.of(
                    "its test image gives %.4f, recorded is %.4f: the head or the words are others than when the"
                                    .formatted(other.value, value)
                            + " model was written");
        }
        return Optional.empty();
    }

    private static double largestDifference(List<Double> a, List<Double> b) {
        if (a.size() != b.size()) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < a.size(); i++) {
            largest = Math.max(largest, Math.abs(a.get(i) - b.get(i)));
        }
        return largest;
    }

    /** The cosine of two vectors of length 1. */
    private static double cosine(List<Double> a, List<Double> b) {
        if (a.size() != b.size()) {
            return 0;
        }
        double product = 0;
        for (int i = 0; i < a.size(); i++) {
            product += a.get(i) * b.get(i);
        }
        return product;
    }
}
