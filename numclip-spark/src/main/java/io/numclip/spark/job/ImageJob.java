package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.files.ErrorPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Takes a folder of images through a stage, a chunk at a time, and goes on where an earlier job was broken off. */
final class ImageJob {

    private final SparkSession spark;
    private final JobInput input;
    private final JobProgress progress;
    private long done;
    private long failed;
    private long before;

    ImageJob(SparkSession spark, JobInput input, JobProgress progress) {
        this.spark = spark;
        this.input = input;
        this.progress = progress;
    }

    /** @param compressed whether the rows gain by it; contents of images do not */
    void run(Stage stage, boolean compressed) throws IOException {
        long start = System.nanoTime();
        ChunkedOutput output = new ChunkedOutput(spark, input.out(), stage, compressed);
        InputFiles files = input.files(spark.sparkContext().hadoopConfiguration());
        spark.sparkContext().addSparkListener(progress);
        try {
            for (List<InputFile> all = files.next(); !all.isEmpty(); all = files.next()) {
                List<InputFile> left = output.left(all);
                before += all.size() - left.size();
                if (!left.isEmpty()) {
                    chunk(stage, output, left);
                }
            }
        } finally {
            spark.sparkContext().removeSparkListener(progress);
        }
        summarize(output, files.passedOver(), (System.nanoTime() - start) / 1e9);
    }

    private void chunk(Stage stage, ChunkedOutput output, List<InputFile> left) throws IOException {
        long start = System.nanoTime();
        progress.begin(output.chunks() + 1);
        Observation counts = new Observation();
        Dataset<Row> all = stage.rows(input.kind().images(spark, left))
                .observe(
                        counts,
                        functions.count(functions.lit(1)).as("images"),
                        functions.count(functions.col(Stage.ERROR)).as("failures"));
        ChunkedOutput.Chunk chunk = output.write(
                left,
                input.errors() == ErrorPolicy.SKIP
                        ? all.where(functions.col(Stage.ERROR).isNull())
                        : all);
        long images = counted(counts, "images");
        long failures = counted(counts, "failures");
        if (failures > 0 && input.errors() == ErrorPolicy.FAIL) {
            throw failed(chunk);
        }
        chunk.keep();
        done += images;
        failed += failures;
        progress.end(images, failures, (System.nanoTime() - start) / 1e9, done);
    }

    private static long counted(Observation counts, String what) throws IOException {
        try {
            return (Long) Objects.requireNonNull(counts.getAsJava().get(what));
        } catch (InterruptedException e) {
            throw new InterruptedIOException("stopped");
        }
    }

    private static NumClipException failed(ChunkedOutput.Chunk chunk) {
        Row first = chunk.rows()
                .where(functions.col(Stage.ERROR).isNotNull())
                .select("path", Stage.ERROR)
                .first();
        return new NumClipException(
                Kind.DATA,
                first.getString(0) + ": " + first.getString(1),
                "repair the image or take it away; --errors rows goes on and says in its row what is wrong");
    }

    private void summarize(ChunkedOutput output, long passedOver, double seconds) {
        progress.say(String.format(
                Locale.ROOT,
                "%,d images in %.1f s, %.1f images/s; %,d without a result; %,d files were done before",
                done,
                seconds,
                done / seconds,
                failed,
                before));
        if (passedOver > 0) {
            progress.say(String.format(Locale.ROOT, "passed over %,d files of another kind", passedOver) + doubt());
        }
        progress.say("Rows: " + output.rows());
    }

    private String doubt() {
        return done + before > 0
                ? ""
                : ", and found none of this one: is --format "
                        + input.kind().name().toLowerCase(Locale.ROOT) + " what you mean?";
    }
}
