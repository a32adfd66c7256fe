package io.numclip.bench;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.numclip.clip.Precision;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.ImagePixels;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.host.Offline;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.runtime.OnnxLibrary;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A run beside its ONNX file in ONNX Runtime for Java, on the same pixels: the numbers, and the time of the network. */
@Command(
        name = "OnnxTurns",
        description =
                "Prints the largest difference of a number, as a share of the scale, and the seconds of each network.")
public final class OnnxTurns implements Callable<String> {

    private static final int BATCH = 16;

    @Parameters(index = "0", paramLabel = "RUN", description = "folder of a trained run")
    private Path run;

    @Parameters(index = "1", paramLabel = "FILE", description = "what 'numclip export RUN --to onnx FILE' wrote")
    private Path file;

    @Parameters(index = "2", paramLabel = "FOLDER", description = "image files")
    private Path folder;

    @Option(
            names = "--precision",
            defaultValue = "fp32",
            description = "of NumCLIP: auto, fp32 or bf16 (default: fp32)")
    private Precision precision;

    @Option(names = "--turns", defaultValue = "5", description = "of both (default: 5)")
    private int turns;

    @Option(names = "--threads", defaultValue = "2", description = "of ONNX Runtime (default: 2)")
    private int threads;

    public static void main(String[] arguments) {
        System.exit(Program.run(new OnnxTurns(), arguments));
    }

    /** From the pixels of some images, (N, 3, H, W), to their numbers. */
    private interface Network {
        float[] values(float[] pixels, long[] shape) throws OrtException;
    }

    @Override
    public String call() throws IOException, OrtException {
        Offline.ensure();
        OrtEnvironment runtime = OnnxLibrary.environment();
        TrainedModel.Options where = new TrainedModel.Options("cpu", precision, null);
        try (TrainedModel model = TrainedModel.open(
                        run, PluginHost.of(PluginFolders.fromSystemProperties()).load(), where);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            try (OrtSession session = runtime.createSession(file.toString(), options)) {
                NumClipPredictor predictor = model.predictor().uncalibrated();
                return compared(
                        predictor.preprocessor(),
                        model.scale(),
                        (pixels, shape) -> ours(predictor, pixels, shape),
                        (pixels, shape) -> theirs(session, runtime, pixels, shape));
            }
        }
    }

    private List<Path> images() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(image -> image.toString().matches(".+\\.(jpg|png)"))
                    .sorted()
                    .toList();
        }
    }

    private static float[] ours(NumClipPredictor predictor, float[] pixels, long[] shape) {
        try (NDManager scope = predictor.model().imageTower().manager().newSubManager()) {
            List<Prediction> predictions = predictor.predictPixels(scope.create(pixels, new Shape(shape)));
            float[] values = new float[predictions.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) predictions.get(i).value();
            }
            return values;
        }
    }

    private static float[] theirs(OrtSession session, OrtEnvironment runtime, float[] pixels, long[] shape)
            throws OrtException {
        try (OnnxTensor input = OnnxTensor.createTensor(runtime, FloatBuffer.wrap(pixels), shape);
                OrtSession.Result result = session.run(Map.of("pixels", input))) {
            return (float[]) result.get("value").orElseThrow().getValue();
        }
    }

    /** In turns, the first of which warms up. */
    private String compared(ClipPreprocessor preprocessor, LabelScale scale, Network ours, Network theirs)
            throws IOException, OrtException {
        List<Path> images = images();
        List<float[]> batches = batches(images, preprocessor);
        double[] ourSeconds = new double[turns];
        double[] theirSeconds = new double[turns];
        double difference = difference(run(ours, batches, preprocessor), run(theirs, batches, preprocessor));
        for (int turn = 0; turn < turns; turn++) {
            long start = System.nanoTime();
            run(ours, batches, preprocessor);
            long middle = System.nanoTime();
            run(theirs, batches, preprocessor);
            ourSeconds[turn] = (middle - start) / 1e9;
            theirSeconds[turn] = (System.nanoTime() - middle) / 1e9;
        }
        return String.join(
                "\n",
                "images " + images.size(),
                String.format(Locale.ROOT, "largest-difference %.3g", difference / (scale.maximum() - scale.minimum())),
                Program.line("seconds-numclip", Program.median(ourSeconds)),
                Program.line("seconds-onnx-runtime", Program.median(theirSeconds)));
    }

    private static List<float[]> batches(List<Path> images, ClipPreprocessor preprocessor) throws IOException {
        ImagePixels reader = new ImagePixels(preprocessor);
        int size = size(preprocessor);
        List<float[]> batches = new ArrayList<>();
        for (int first = 0; first < images.size(); first += BATCH) {
            List<Path> some = images.subList(first, Math.min(images.size(), first + BATCH));
            FloatBuffer batch = FloatBuffer.allocate(some.size() * size);
            for (int i = 0; i < some.size(); i++) {
                reader.read(some.get(i), List.of(batch.slice(i * size, size)));
            }
            batches.add(batch.array());
        }
        return batches;
    }

    private static int size(ClipPreprocessor preprocessor) {
        return 3 * preprocessor.height() * preprocessor.width();
    }

    private static List<float[]> run(Network network, List<float[]> batches, ClipPreprocessor preprocessor)
            throws OrtException {
        List<float[]> values = new ArrayList<>();
        for (float[] pixels : batches) {
            long[] shape = {pixels.length / size(preprocessor), 3, preprocessor.height(), preprocessor.width()};
            values.add(network.values(pixels, shape));
        }
        return values;
    }

    private static double difference(List<float[]> ours, List<float[]> theirs) {
        return IntStream.range(0, ours.size())
                .mapToDouble(batch -> IntStream.range(0, ours.get(batch).length)
                        .mapToDouble(i -> Math.abs(ours.get(batch)[i] - theirs.get(batch)[i]))
                        .max()
                        .orElseThrow())
                .max()
                .orElseThrow();
    }
}
