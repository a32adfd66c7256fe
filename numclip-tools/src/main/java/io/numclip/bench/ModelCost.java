package io.numclip.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.tower.ImageTower;
import io.numclip.clip.tower.RandomWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A row of the table that {@code numclip-tools/model-cost} prints: what predicting with a model of a size costs. */
@Command(name = "ModelCost", description = "Prints a row: size, precision, time an image, memory.")
public final class ModelCost implements Callable<String> {

    private static final int BATCH = 16;
    private static final int WARM_UP = 3;
    private static final int REPEATS = 5;

    @Parameters(index = "0", paramLabel = "DIR", description = "a model, or a configuration for --make")
    private Path directory;

    @Option(names = "--make", description = "writes random weights for the configuration, and measures nothing")
    private boolean make;

    @Option(names = "--name", defaultValue = "", description = "first cell")
    private String name;

    @Option(names = "--precision", defaultValue = "fp32", description = "fp32 or bf16")
    private Precision precision;

    public static void main(String[] arguments) {
        System.exit(Program.run(new ModelCost(), arguments));
    }

    @Override
    public String call() throws IOException {
        if (make) {
            RandomWeights.write(directory, 1);
            return "";
        }
        long start = System.nanoTime();
        try (ImageTower tower = ImageTower.load(directory, Device.cpu(), precision)) {
            double opened = seconds(start);
            double alone = millisecondsOfOne(tower, 1);
            double together = millisecondsOfOne(tower, BATCH);
            return String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f s | %.0f ms | %.0f ms | %.1f GB |",
                    name,
                    precision,
                    opened,
                    alone,
                    together,
                    peakGigabytes());
        }
    }

    /** The median of several calls, for one image of a batch. */
    private static double millisecondsOfOne(ImageTower tower, int batch) {
        int side = tower.config().vision().imageSize();
        double[] seconds = new double[REPEATS];
        try (NDManager manager = tower.manager().newSubManager()) {
            NDArray pixels = manager.randomNormal(new Shape(batch, 3, side, side));
            for (int i = 0; i < WARM_UP; i++) { // TorchScript looks at two calls before it is fast
                tower.encode(pixels, false).close();
            }
            for (int i = 0; i < REPEATS; i++) {
                long start = System.nanoTime();
                tower.encode(pixels, false).toFloatArray();
                seconds[i] = seconds(start);
            }
        }
        return 1000 * Program.median(seconds) / batch;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Of the whole process, as Linux reports it. */
    private static double peakGigabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e9)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
