package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.LongAccumulator;

/** Takes a folder of images through a stage, a chunk at a time, and goes on where an earlier job was broken off. */
final class ImageJob {

    private final JavaSparkContext spark;
    private final JobInput input;
    private final JobProgress progress;
    private long done;
    private long failed;
    private long before;

    ImageJob(JavaSparkContext spark, JobInput input, JobProgress progress) {
        this.spark = spark;
        this.input = input;
        this.progress = progress;
    }

    /** @param compressed whether the rows gain by it; contents of images do not */
    void run(Stage stage, boolean compressed) throws IOException {
        long start = System.nanoTime();
        ChunkedOutput output = new ChunkedOutput(spark.hadoopConfiguration(), input.out(), stage, compressed);
        InputFiles files = input.files(spark.hadoopConfiguration());
        spark.sc().addSparkListener(progress);
        try {
            for (List<InputFile> all = files.next(); !all.isEmpty(); all = files.next()) {
                List<InputFile> left = output.left(all);
                before += all.size() - left.size();
                if (!left.isEmpty()) {
                    chunk(stage, output, left);
                }
            }
        } finally {
            spark.sc().removeSparkListener(progress);
        }
        summarize(output, files.passedOver(), (System.nanoTime() - start) / 1e9);
    }

    private void chunk(Stage stage, ChunkedOutput output, List<InputFile> left) throws IOException {
        long start = System.nanoTime();
        progress.begin(output.chunks() + 1);
        StructType schema = stage.schema();
        Counted counted = new Counted(
                spark.sc().longAccumulator(),
                spark.sc().longAccumulator(),
                schema.fieldIndex(Stage.ERROR),
                input.errors() != ErrorPolicy.SKIP);
        JavaRDD<Row> rows = stage.rows(input.kind().images(spark, left)).filter(counted);
        ChunkedOutput.Chunk chunk = output.write(left, rows, schema);
        long failures = counted.failures().value();
        if (failures > 0 && input.errors() == ErrorPolicy.FAIL) {
            throw failed(chunk);
        }
        chunk.keep();
        done += counted.images().value();
        failed += failures;
        progress.end(counted.images().value(), failures, (System.nanoTime() - start) / 1e9, done);
    }

    /**
     * Counts images as they are written, each once: Spark adds what a task has counted when the task has succeeded.
     *
     * @param error the cell that is null where all is well
     * @param failed whether those have a row too
     */
    private record Counted(LongAccumulator images, LongAccumulator failures, int error, boolean failed)
            implements Function<Row, Boolean> {

        @Override
        public Boolean call(Row row) {
            boolean isWell = row.isNullAt(error);
            images.add(1);
            failures.add(isWell ? 0 : 1);
            return isWell || failed;
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
