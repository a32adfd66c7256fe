package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.clip.kernel.NativeThreads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** An executor with four slots has one model in memory, and no more threads than slots. */
@Tag("ci")
class ExecutorModelsTest {

    private static final int SLOTS = 4;
    private static final String TASK = "Executor task";

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static Dataset<Row> embedded;

    @BeforeAll
    static void start() throws IOException {
        Path images = TestingRun.images(folder.resolve("images"), 80);
        spark = TestingSpark.start("local[" + SLOTS + "]", folder);
        Dataset<Row> paths = spark.read()
                .format("binaryFile")
                .load(images.toString())
                .select("path")
                .repartition(2 * SLOTS);
        embedded = new NumClipEmbedder().setInputCol("path").transform(paths);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void tasksShareOneModelAndAnOperationHasAsManyThreadsAsATaskHasProcessors() {
        int before = ExecutorModels.open(); // those of other tests in this process
        List<String> found = embedded.map(
                        (MapFunction<Row, String>) row ->
                                TaskContext.get().cpus() + " " + NativeThreads.count() + " " + ExecutorModels.open(),
                        Encoders.STRING())
                .distinct()
                .collectAsList();
        assertThat(found).hasSize(1).first().isIn("1 1 " + before, "1 1 " + (before + 1));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void nativeCodeHasNoThreadsBesideThoseOfTheTasks() throws IOException {
        embedded.collectAsList();
        assertThat(nativeThreads()).isLessThanOrEqualTo(0);
    }

    /** A thread of OpenMP has the name of the one that began it, that of a task, and Java does not know it. */
    private static long nativeThreads() throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
            long all = threads.filter(thread -> name(thread).startsWith(TASK)).count();
            return all
                    - Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith(TASK))
                            .count();
        }
    }

    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }
}
