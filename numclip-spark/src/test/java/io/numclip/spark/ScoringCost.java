package io.numclip.spark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/**
 * Processor time of the same images by {@code predict} and by Spark, in one process; other programs do not change it much. Not a
 * test: {@code ScoringCost IMAGES CLIP FOLDER…}, with a folder of images to use in place of drawn ones.
 */
final class ScoringCost {

    private ScoringCost() {}

    private interface Work {
        void run() throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("numclip-cost");
        TestingRun run =
                new TestingRun(folder).train("--method", "linear-probe", "--set", "backbone.model=" + arguments[1]);
        int count = Integer.parseInt(arguments[0]);
        Path images = arguments.length > 2 ? Path.of(arguments[2]) : TestingRun.images(folder.resolve("images"), count);
        try (SparkSession spark = TestingSpark.start("local[1]", folder)) {
            Work onSpark = () -> new NumClipScorer()
                    .setModel(run.path().toString())
                    .setInputCol("path")
                    .transform(spark.read()
                            .format("binaryFile")
                            .load(images.toString())
                            .select("path")
                            .coalesce(1))
                    .write()
                    .mode("overwrite")
                    .parquet(folder.resolve("rows").toString());
            for (int turn = 1; turn <= 3; turn++) {
                measure("predict, one thread", count, () -> run.predicted(images));
                measure("Spark, one task", count, onSpark);
            }
        }
    }

    private static void measure(String what, int images, Work work) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = system.getProcessCpuTime();
        long start = System.nanoTime();
        work.run();
        System.out.printf(
                Locale.ROOT,
                "%-20s  %6.2f s of processor time for 1000 images, %6.1f images/s%n",
                what,
                (system.getProcessCpuTime() - processor) / 1e6 / images,
                images * 1e9 / (System.nanoTime() - start));
    }
}
