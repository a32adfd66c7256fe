package io.numclip.onnx;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.model.NumClipPredictor;
import io.numclip.spi.NumClipOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares what a file gives in ONNX Runtime with the predictions of the model that it was written from. */
final class SameNumbers {

    private static final int MOST_COMMAND_LINE = 3_500; // of bytes; tried: 3 500 works, 4 090 does not

    /**
     * The largest difference of a probability, and of an entry of the features, whose length is 1; the number may differ by
     * this share of the label scale, before it is rounded.
     */
    static final double TOLERANCE = 1e-4;

    private final NumClipPredictor predictor;
    private final LabelScale scale;
    private final Optional<double[]> numbersOfWords;

    SameNumbers(NumClipPredictor predictor) {
        numbersOfWords = predictor.numbersOfWords();
        this.predictor = predictor.uncalibrated();
        scale = predictor.model().scale();
    }

    /**
     * @param written the file, which does not have its name yet
     * @param file that name
     * @throws NumClipException if a number differs, or ONNX Runtime cannot run the file
     */
    void require(Path written, Path file) {
        List<float[]> images = TrialImages.pixels(predictor.preprocessor());
        requireShortCommandLine(commandLineBytes());
        OrtEnvironment runtime = runtime();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = runtime.createSession(written.toString(), options)) {
            compare(session, runtime, images, file);
            compare(session, runtime, images.subList(0, 1), file);
        } catch (OrtException e) {
            throw new NumClipException(
                    Kind.OUTPUT,
                    file + ": ONNX Runtime cannot run what was written: " + NumClipException.firstLine(e),
                    "this is a fault of the export; report it with the lines that 'numclip report' prints of the run",
                    e);
        }
    }

    /**
     * ONNX Runtime 1.29 on Linux ends the whole process on a command line of 4 000 bytes, such as one with a long class
     * path.
     */
    static void requireShortCommandLine(long bytes) {
        if (bytes > MOST_COMMAND_LINE) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    "the command line of this process has " + bytes + " bytes; ONNX Runtime would crash on more than "
                            + MOST_COMMAND_LINE + ", so nothing can be compared",
                    "give the class path in the variable CLASSPATH, or in a file of arguments (java @FILE)");
        }
    }

    private static long commandLineBytes() {
        try {
            return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
        } catch (IOException notLinux) {
            return 0;
        }
    }

    /** The same for the whole process; its Windows version would report its use. */
    private static OrtEnvironment runtime() {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            environment.setTelemetry(false);
            return environment;
        } catch (LinkageError | OrtException e) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    "ONNX Runtime cannot be loaded, so nothing can be compared: " + reason(e),
                    "it needs 30 MB in " + System.getProperty("java.io.tmpdir")
                            + ", from where programs may be run; JAVA_OPTS=-Djava.io.tmpdir=DIR names another folder",
                    e);
        }
    }

    private static String reason(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getClass().getSimpleName() + ": " + NumClipException.firstLine(first);
    }

    private void compare(OrtSession session, OrtEnvironment runtime, List<float[]> images, Path file)
            throws OrtException {
        int side = predictor.preprocessor().height();
        FloatBuffer pixels = FloatBuffer.allocate(images.size() * 3 * side * side);
        images.forEach(pixels::put);
        long[] shape = {images.size(), 3, side, side};
        Map<String, float[]> expected = expected(pixels.array(), new Shape(shape));
        try (OnnxTensor input = OnnxTensor.createTensor(runtime, pixels.flip(), shape);
                OrtSession.Result result = session.run(Map.of(ModelGraph.PIXELS, input))) {
            for (Map.Entry<String, float[]> output : expected.entrySet()) {
                OnnxTensor found = (OnnxTensor) result.get(output.getKey()).orElseThrow();
                float[] numbers = new float[found.getFloatBuffer().remaining()];
                found.getFloatBuffer().get(numbers);
                boolean rounded = scale.wholeNumbers() && output.getKey().equals(ModelGraph.VALUE);
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
                    ModelGraph.VALUE,
                    numbersOfWords
                            .map(numbers -> likeliest(numbers, predictions))
                            .orElseGet(() -> unrounded(batch)));
            expected.put(
                    ModelGraph.PROBABILITIES,
                    floats(predictions.stream()
                            .flatMapToDouble(prediction -> Arrays.stream(prediction.probabilities()))
                            .toArray()));
            expected.put(ModelGraph.FEATURES, output.imageFeatures().toFloatArray()); // (N, D)
            return expected;
        }
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
        double allowed = TOLERANCE * (output.equals(ModelGraph.VALUE) ? scale.maximum() - scale.minimum() : 1);
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
