package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A real standalone cluster on this machine: a master and two workers with one core each, each a process. Not a test of every
 * build: {@code numclip-spark/cluster 5000}. It says what is equal, what was killed, and how fast each way was.
 */
final class ClusterTrial implements AutoCloseable {

    private static final String MASTER = "spark://127.0.0.1:17077";
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final double EQUAL = 1e-6;

    private final Path folder;
    private final List<Process> cluster = new ArrayList<>();
    private final List<String> numClip = new ArrayList<>();
    private final Path home;
    private final int images;
    private final Path pictures;
    private final TestingRun run;
    private Map<String, NamedCsvRecord> expected = Map.of();

    private ClusterTrial(int images) throws IOException {
        this.images = images;
        this.folder = Files.createTempDirectory("numclip-cluster");
        this.home = folder.resolve("spark");
        this.pictures = folder.resolve("pictures");
        this.run = new TestingRun(folder);
    }

    public static void main(String[] arguments) throws Exception {
        try (ClusterTrial trial = new ClusterTrial(Integer.parseInt(arguments[0]))) {
            trial.prepare(Path.of(arguments[1]));
            trial.start();
            trial.everyWay();
            trial.killed();
            trial.pipelineOfAnotherJvm();
            say("all equal");
        }
    }

    private static void say(String line, Object... values) {
        System.out.printf(Locale.ROOT, line + "%n", values);
    }

    /** @param lib what this module has put together for the class path of a cluster; everything else here is Spark's */
    private void prepare(Path lib) throws IOException {
        TreeSet<String> ours = new TreeSet<>(Arrays.asList(lib.toFile().list()));
        Files.createDirectories(home.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path place = Path.of(entry).toAbsolutePath();
            if (Files.isDirectory(place)) {
                numClip.add(place.toString());
            } else if (!ours.contains(place.getFileName().toString())) {
                Files.createSymbolicLink(home.resolve("jars").resolve(place.getFileName()), place);
            }
        }
        numClip.add(lib.toAbsolutePath() + "/*");
        run.train();
        TestingRun.images(pictures, images);
        for (int i = 0; i < images / 100; i++) {
            Files.writeString(pictures.resolve("broken" + i + ".jpg"), "no image " + i);
        }
        long start = System.nanoTime();
        expected = run.predicted(pictures);
        say("predict: %d images, %.1f images/s", expected.size(), expected.size() / seconds(start));
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void start() throws IOException {
        cluster.add(java(
                "master",
                List.of(
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "17077",
                        "--webui-port",
                        "0")));
        for (int i = 1; i <= 2; i++) {
            cluster.add(java(
                    "worker" + i,
                    List.of(
                            "org.apache.spark.deploy.worker.Worker",
                            "--host",
                            "127.0.0.1",
                            "--cores",
                            "1",
                            "--memory",
                            "1500m",
                            "--webui-port",
                            "0",
                            "--work-dir",
                            folder.resolve("work" + i).toString(),
                            MASTER)));
        }
    }

    private Process java(String name, List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.awt.headless=true"));
        Arrays.stream(JavaModuleOptions.defaultModuleOptionArray())
                .filter(each -> each.startsWith("--add-opens"))
                .forEach(line::add);
        line.addAll(List.of(
                "-cp", String.join(File.pathSeparator, numClip) + File.pathSeparator + home.resolve("jars") + "/*"));
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve(name + ".log").toFile()));
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        return builder.start();
    }

    /** As spark-submit starts it. */
    private Process submit(int cores, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                MASTER,
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.cores.max=" + cores,
                "--conf",
                "spark.executor.cores=1",
                "--conf",
                "spark.executor.memory=1g",
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.executor.extraClassPath=" + String.join(File.pathSeparator, numClip),
                "--class",
                "io.numclip.spark.job.Main",
                "spark-internal"));
        line.addAll(List.of(arguments));
        return java("driver", line);
    }

    private double job(int cores, String... arguments) throws Exception {
        long start = System.nanoTime();
        assertThat(submit(cores, arguments).waitFor())
                .as("exit code; see %s", folder)
                .isZero();
        return seconds(start);
    }

    private String[] score(Path input, String format, String out, String chunk) {
        return new String[] {
            "score",
            "--model",
            run.path().toString(),
            "--input",
            input.toString(),
            "--format",
            format,
            "--output",
            folder.resolve(out).toString(),
            "--chunk",
            chunk
        };
    }

    private void everyWay() throws Exception {
        timed("2 workers", job(2, score(pictures, "images", "two", "100000")), "two");
        timed("1 worker", job(1, score(pictures, "images", "one", "100000")), "one");
        say(
                "pack: %.1f s",
                job(
                        2,
                        "pack",
                        "--input",
                        pictures.toString(),
                        "--output",
                        folder.resolve("packed").toString()));
        timed(
                "2 workers, parquet",
                job(2, score(folder.resolve("packed/rows"), "parquet", "parquet", "100000")),
                "parquet");
        tar();
        timed("2 workers, tar", job(2, score(folder.resolve("tars"), "tar", "tar", "100000")), "tar");
    }

    private void timed(String way, double seconds, String out) throws IOException {
        check(out);
        say("%s: %.1f s with the start, %.1f images/s; equal; %s", way, seconds, expected.size() / seconds, summary());
    }

    /** What the last job said itself, without the start of Spark. */
    private String summary() {
        try (Stream<String> lines = Files.lines(folder.resolve("driver.log"))) {
            return lines.filter(line -> line.contains("without a result;"))
                    .reduce((first, last) -> last)
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tar() throws Exception {
        Path tars = Files.createDirectories(folder.resolve("tars"));
        List<String> names = new ArrayList<>(expected.keySet());
        int of = Math.max(1, names.size() / 10);
        for (int i = 0; i * of < names.size(); i++) {
            Path list =
                    Files.write(folder.resolve("names"), names.subList(i * of, Math.min(names.size(), (i + 1) * of)));
            Process tar = new ProcessBuilder(
                            "tar",
                            "-cf",
                            tars.resolve(i + ".tar").toString(),
                            "-C",
                            pictures.toString(),
                            "-T",
                            list.toString())
                    .inheritIO()
                    .start();
            assertThat(tar.waitFor()).isZero();
        }
    }

    /** An executor and then the driver. */
    private void killed() throws Exception {
        String chunk = String.valueOf(Math.max(1, images / 5));
        Path done = folder.resolve("killed/inputs");
        Process driver = submit(2, score(pictures, "images", "killed", chunk));
        await(() -> count(done) >= 1, driver);
        ProcessHandle executor = executors().findFirst().orElseThrow();
        new ProcessBuilder("kill", "-9", String.valueOf(executor.pid()))
                .inheritIO()
                .start()
                .waitFor();
        long before = count(done);
        await(() -> count(done) > before, driver);
        Thread.sleep(500); // into the next chunk
        new ProcessBuilder("kill", "-9", String.valueOf(driver.pid()))
                .inheritIO()
                .start()
                .waitFor();
        driver.waitFor();
        say("killed: an executor after %d chunks, the driver after %d", before, count(done));
        job(2, score(pictures, "images", "killed", chunk));
        check("killed");
        say("killed and started again: equal to the unbroken run; %s", summary());
    }

    private Stream<ProcessHandle> executors() {
        return cluster.stream().flatMap(Process::descendants).filter(ProcessHandle::isAlive);
    }

    private static long count(Path chunks) {
        String[] names = chunks.toFile().list((dir, name) -> name.startsWith("chunk="));
        return names == null ? 0 : names.length;
    }

    private void await(BooleanSupplier condition, Process driver) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(driver.isAlive())
                    .as("the driver has ended before it was killed; see %s", folder)
                    .isTrue();
            assertThat(seconds(start)).isLessThan(PATIENCE.toSeconds());
            Thread.sleep(50);
        }
    }

    private void pipelineOfAnotherJvm() throws Exception {
        assertThat(java(
                                "saver",
                                List.of(
                                        Saver.class.getName(),
                                        run.path().toString(),
                                        folder.resolve("pipeline").toString()))
                        .waitFor())
                .isZero();
        try (SparkSession spark = TestingSpark.start("local[2]", folder)) {
            List<Row> rows = PipelineModel.load(folder.resolve("pipeline").toString())
                    .transform(spark.read()
                            .format("binaryFile")
                            .load(pictures.resolve("img1*").toString())
                            .drop("content"))
                    .select("path", "age.*")
                    .collectAsList();
            rows.forEach(this::checkRow);
            say("a pipeline that another JVM has saved: %d rows equal", rows.size());
        }
    }

    /** Another JVM. */
    static final class Saver {

        private Saver() {}

        public static void main(String[] arguments) throws IOException {
            try (SparkSession spark = TestingSpark.start("local[1]", Files.createTempDirectory("saver"))) {
                NumClipScorer scorer = new NumClipScorer()
                        .setModel(arguments[0])
                        .setInputCol("path")
                        .setOutputCol("age");
                new Pipeline()
                        .setStages(new PipelineStage[] {scorer})
                        .fit(spark.sql("SELECT 'none' AS path"))
                        .write()
                        .overwrite()
                        .save(arguments[1]);
            }
        }
    }

    private void check(String out) throws IOException {
        try (SparkSession spark = TestingSpark.start("local[1]", folder)) {
            List<Row> rows = spark.read()
                    .parquet(folder.resolve(out).resolve("rows").toString())
                    .collectAsList();
            Map<String, Row> byName = new HashMap<>();
            rows.forEach(row -> byName.put(name(row), row));
            assertThat(rows).hasSize(expected.size());
            assertThat(byName).containsOnlyKeys(expected.keySet());
            rows.forEach(this::checkRow);
        }
    }

    private static String name(Row row) {
        return Path.of(row.<String>getAs("path")).getFileName().toString();
    }

    private void checkRow(Row row) {
        NamedCsvRecord program = expected.get(name(row));
        String error = row.getAs("error");
        assertThat(error == null ? "" : error).isEqualTo(program.getField("error"));
        if (error == null) {
            assertThat(row.<String>getAs("concept")).isEqualTo(program.getField("concept"));
            for (String number : List.of("value", "lower", "upper")) {
                assertThat(row.<Double>getAs(number))
                        .isEqualTo(Double.parseDouble(program.getField(number)), within(EQUAL));
            }
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(executors().toList());
        cluster.forEach(each -> all.add(each.toHandle()));
        all.forEach(ProcessHandle::destroy);
        say("files: %s", folder);
    }
}
