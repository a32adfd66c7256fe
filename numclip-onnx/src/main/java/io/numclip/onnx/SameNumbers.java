package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.numclip.clip.Precision;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.model.NumClipPredictor;
import io.numclip.runtime.FileForm;
import io.numclip.runtime.OnnxLibrary;
import io.numclip.spi.NumClipOutput;
import io.numclip.uncertainty.FamiliarImages;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares what a file gives in ONNX Runtime with the predictions of the model that it was written from. */
final class SameNumbers {

    /**
     * The largest difference of a probability, of a distance and of an entry of the features, whose length is 1; the number may
     * differ by this share of the label scale, before it is rounded.
     */
    static final double TOLERANCE = 1e-4;

    /** In int8, where a number in the middle of two steps may be rounded either way, and so may what follows from it. */
    static final double INT8_TOLERANCE = 1e-2;

    private final NumClipPredictor predictor;
    private final LabelScale scale;
    private final Optional<double[]> numbersOfWords;
    private final boolean int8;

    SameNumbers(NumClipPredictor predictor) {
        numbersOfWords = predictor.numbersOfWords();
        this.predictor = predictor.uncalibrated();
        scale = predictor.model().scale();
        int8 = predictor.model().imageTower().precision() == Precision.INT8;
    }

    /**
     * @param written the file, which does not have its name yet
     * @param file that name
     * @throws NumClipException if a number differs, or ONNX Runtime cannot run the file
     */
    void require(Path written, Path file) {
        List<float[]> images = TrialImages.pixels(predictor.preprocessor());
        OrtEnvironment runtime = OnnxLibrary.environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = runtime.createSession(written.toString(), options)) {
            for (List<float[]> batch : batches(images)) {
                compare(session, runtime, batch, file);
            }
        } catch (OrtException e) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    file + ": ONNX Runtime cannot run what was written: " + NumClipException.firstLine(e),
                    "this is a fault of the export; report it with the lines that 'numclip report' prints of the run",
                    e);
        }
    }

    /** A file in int8 takes one image at a time. */
    private List<List<float[]>> batches(List<float[]> images) {
        return int8 ? images.stream().map(List::of).toList() : List.of(images, images.subList(0, 1));
    }

    private void compare(OrtSession session, OrtEnvironment runtime, List<float[]> images, Path file)
            throws OrtException {
        int side = predictor.preprocessor().height();
        FloatBuffer pixels = FloatBuffer.allocate(images.size() * 3 * side * side);
        images.forEach(pixels::put);
        long[] shape = {images.size(), 3, side, side};
        Map<String, float[]> expected = expected(pixels.array(), new Shape(shape));
        try (OnnxTensor input = OnnxTensor.createTensor(runtime, pixels.flip(), shape);
                OrtSession.Result result = session.run(Map.of(FileForm.PIXELS, input))) {
            for (Map.Entry<String, float[]> output : expected.entrySet()) {
                OnnxTensor found = (OnnxTensor) result.get(output.getKey()).orElseThrow();
                float[] numbers = new float[found.getFloatBuffer().remaining()];
                found.getFloatBuffer().get(numbers);
                boolean rounded = scale.wholeNumbers() && output.getKey().equals(FileForm.VALUE);
                float[] wanted = rounded ? nearestRounded(output.getValue(), numbers) : output.getValue();
                require(output.getKey(), difference(wanted, numbers), file);
            }
        }
    }

    private Map<String, float[]> expected(float[] pixels, Shape shape) {
        try (NDManager scope = predictor.model().imageTower().manager().newSubManager()) {
            NDArray batch = scope.create(pixels, shape); // (N, 3, H, W)
            List<Prediction> predictions = predictor.predictPixels(batch);
            NumClipOutput output = predictor.model().forward(batch, false);
            Map<String, float[]> expected = new LinkedHashMap<>();
            expected.put(
                    FileForm.VALUE,
                    numbersOfWords
                            .map(numbers -> likeliest(numbers, predictions))
                            .orElseGet(() -> unrounded(batch)));
            expected.put(
                    FileForm.PROBABILITIES,
                    floats(predictions.stream()
                            .flatMapToDouble(prediction -> Arrays.stream(prediction.probabilities()))
                            .toArray()));
            expected.put(FileForm.FEATURES, output.imageFeatures().toFloatArray()); // (N, D)
            predictor
                    .familiar()
                    .ifPresent(known -> expected.put(FileForm.DISTANCE, distances(known, output.imageFeatures())));
            return expected;
        }
    }

    /** @param features (N, D) */
    private static float[] distances(FamiliarImages known, NDArray features) {
        float[] distances = new float[(int) features.getShape().get(0)];
        for (int n = 0; n < distances.length; n++) {
            distances[n] = known.distance(features.get(n).toFloatArray());
        }
        return distances;
    }

    /** Numbers between the ends of the scale. */
    private float[] unrounded(NDArray pixels) {
        return floats(predictor.unrounded().predictPixels(pixels).stream()
                .mapToDouble(prediction -> scale.within(prediction.value()))
                .toArray());
    }

    private static float[] likeliest(double[] numbers, List<Prediction> predictions) {
        return floats(predictions.stream()
                .mapToDouble(prediction -> numbers[Prediction.indexOfLargest(prediction.probabilities())])
                .toArray());
    }

    /**
     * The numbers that were found, where they are whole and no more than a half away; one near a half may be rounded
     * either way.
     */
    private static float[] nearestRounded(float[] unrounded, float[] found) {
        float[] nearest = unrounded.clone();
        for (int i = 0; i < Math.min(nearest.length, found.length); i++) {
            double excess = Math.abs(found[i] - unrounded[i]) - 0.5;
            nearest[i] = LabelScale.isWhole(found[i]) ? found[i] - (float) Math.max(0, excess) : Float.NaN;
        }
        return nearest;
    }

    static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static double difference(float[] expected, float[] found) {
        if (expected.length != found.length) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            double difference = Math.abs((double) expected[i] - found[i]);
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    private void require(String output, double difference, Path file) {
        double allowed = (int8 ? INT8_TOLERANCE : TOLERANCE)
                * (output.equals(FileForm.VALUE) ? scale.maximum() - scale.minimum() : 1);
        if (difference > allowed) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    String.format(
                            Locale.ROOT,
                            "%s: not written, because ONNX Runtime gives other numbers than NumCLIP: %s differs by up to"
                                    + " %.3g, allowed %.3g",
                            file,
                            output,
                            difference,
                            allowed),
                    "this is a fault of the export; report it with the lines that 'numclip report' prints of the run");
        }
    }
}
