package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.reliability.Soak.Held;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Thousands of predictions and many whole commands in one process: after a warm-up neither memory grows nor the
 * number of open arrays, files, threads and temporary files.
 */
@Tag("campaign")
class SoakTest {

    private static final double MOST_PER_100_000 = 1; // megabytes
    private static final double MOST_ABOVE_MEAN = 32;
    private static final double MOST_HEAP = 1;

    /** How long classes are still loaded and compiled, and how unevenly memory is taken from the system. */
    private enum Pieces {
        MANY(0.1, 4),
        /** Requests, and many images at once: threads, each with memory of its own, come and go for a while. */
        SERVED(0.5, 8),
        /** Whole commands. */
        FEW(0.5, 16);

        private final double warmUp;
        private final double noise;

        Pieces(double warmUp, double noise) {
            this.warmUp = warmUp;
            this.noise = noise;
        }

        List<Held> later(List<Held> held) {
            return held.subList((int) (held.size() * warmUp), held.size());
        }
    }

    @TempDir
    Path folder;

    /** So many times in a short campaign and in a long one. */
    @ParameterizedTest
    @CsvSource({
        "PREDICTION, 4000, 1000000, MANY, predictions of the Java interface",
        "PREDICTIONS, 100, 10000, SERVED, predictions of 64 images each",
        "SERVED, 1000, 1000000, SERVED, predictions over HTTP",
        "PREDICT, 100, 2000, FEW, times a model is opened; predicts and is closed",
        "TRAIN, 20, 200, FEW, whole trainings"
    })
    void flat(SoakWork work, int few, int many, Pieces pieces, String what) throws Exception {
        int times = Campaign.size(few, many);
        SmallTask.write(folder.resolve("task"), 2);
        Program training = new Program(folder);
        List<String> command = SmallTask.train(folder.resolve("task"), folder.resolve("run"));
        assertThat(training.run(command.toArray(String[]::new)))
                .as(training.err())
                .isZero();
        List<Held> held = held(work, times);
        List<Held> later = pieces.later(held);
        String prefix = work + " ";
        Campaign.figure("G6", prefix + what, times);
        Campaign.figure(
                "G6",
                prefix + "resident memory in MB per 100 000",
                String.format(Locale.ROOT, "%.2f", slope(later, Held::resident) * 100_000));
        Campaign.figure(
                "G6",
                prefix + "resident memory in MB more after the warm-up",
                String.format(
                        Locale.ROOT,
                        "%.2f",
                        held.get(held.size() - 1).resident() - later.get(0).resident()));
        Campaign.figure(
                "G6",
                prefix + "most resident memory above the mean in MB",
                String.format(Locale.ROOT, "%.2f", aboveMean(later)));
        Campaign.figure(
                "G6",
                prefix + "at the end",
                held.get(held.size() - 1).toString().replace(',', ';'));
        assertThat(grown(held, pieces)).as("%s", held).isEmpty();
    }

    /** The check would see each kind of leak: planted ones. */
    @ParameterizedTest
    @CsvSource({
        "LEAKS_ARRAYS, arrays",
        "LEAKS_MEMORY, memory",
        "LEAKS_OBJECTS, objects",
        "LEAKS_DESCRIPTORS, descriptors",
        "LEAKS_THREADS, threads",
        "LEAKS_FILES, files"
    })
    void aLeakIsNoticed(SoakWork planted, String what) throws Exception {
        SmallTask.write(folder.resolve("task"), 2);
        assertThat(grown(held(planted, 5_000), Pieces.MANY)).contains(what);
    }

    private List<Held> held(SoakWork work, int times) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Program soak = new Program(
                        folder,
                        "-Xms128m",
                        "-Xmx128m",
                        "-XX:+AlwaysPreTouch",
                        "-XX:-UseDynamicNumberOfCompilerThreads",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + temporary)
                .withMain(Soak.class)
                .withMinutes(90);
        assertThat(soak.run(work.name(), String.valueOf(times), folder.toString()))
                .as(soak.err())
                .isZero();
        return Soak.read(folder);
    }

    /** What has grown. */
    private static List<String> grown(List<Held> held, Pieces pieces) {
        List<Held> later = pieces.later(held);
        int times = later.get(later.size() - 1).done() - later.get(0).done();
        List<String> grown = new ArrayList<>();
        add(grown, "memory", slope(later, Held::resident) * times, MOST_PER_100_000 * times / 100_000 + pieces.noise);
        add(grown, "peak", aboveMean(later), MOST_ABOVE_MEAN);
        add(grown, "objects", slope(later, Held::heap) * times, MOST_HEAP);
        add(grown, "arrays", more(held, Held::arrays), 0);
        add(grown, "descriptors", more(held, Held::descriptors), 0);
        add(grown, "threads", more(held, Held::threads), 0);
        add(grown, "files", more(held, Held::files), 0);
        return grown;
    }

    private static void add(List<String> grown, String what, double by, double most) {
        if (by > most) {
            grown.add(what);
        }
    }

    /**
     * By how much even the least of the last quarter is above the most of the first half: what is about to be closed does
     * not count, nor a thread that had rested for long and is needed again.
     */
    private static double more(List<Held> held, ToDoubleFunction<Held> of) {
        double first =
                held.subList(0, held.size() / 2).stream().mapToDouble(of).max().orElseThrow();
        double last = held.subList(held.size() * 3 / 4, held.size()).stream()
                .mapToDouble(of)
                .min()
                .orElseThrow();
        return last - first;
    }

    private static double aboveMean(List<Held> held) {
        DoubleSummaryStatistics resident =
                held.stream().mapToDouble(Held::resident).summaryStatistics();
        return resident.getMax() - resident.getAverage();
    }

    /** Of the line of least squares. */
    private static double slope(List<Held> held, ToDoubleFunction<Held> of) {
        double meanDone = held.stream().mapToDouble(Held::done).average().orElseThrow();
        double mean = held.stream().mapToDouble(of).average().orElseThrow();
        double products = 0;
        double squares = 0;
        for (Held each : held) {
            products += (each.done() - meanDone) * (of.applyAsDouble(each) - mean);
            squares += (each.done() - meanDone) * (each.done() - meanDone);
        }
        return products / squares;
    }
}
