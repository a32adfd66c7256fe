package io.numclip.spark.job;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A folder of chunks: {@code rows/chunk=…} has the rows, {@code inputs/chunk=…} the files that they are of. Both are written
 * beside their places and then renamed, the rows first: a chunk counts when its inputs are there, and one without is what a
 * killed driver left. So each chunk is whole or absent.
 */
final class ChunkedOutput {

    private static final String ROWS = "rows";
    private static final String INPUTS = "inputs";
    private static final String WRITING = "_writing";
    private static final String CHUNK = "chunk=";
    private static final String DIGEST = "digest";
    private static final String PRECISION = "precision"; // null: written before it was noted
    private static final StructType INPUT_SCHEMA =
            InputFile.SCHEMA.add(DIGEST, DataTypes.StringType).add(PRECISION, DataTypes.StringType);

    private final Path folder;
    private final SparkSession spark;
    private final FileSystem files;
    private final Stage stage;
    private final boolean compressed;
    private int chunks;

    /** @param stage what was done with another model, or in another precision, is not done */
    ChunkedOutput(SparkSession spark, String folder, Stage stage, boolean compressed) throws IOException {
        this.spark = spark;
        this.folder = new Path(folder);
        this.files = this.folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
        this.stage = stage;
        this.compressed = compressed;
        recover();
    }

    private void recover() throws IOException {
        files.delete(new Path(folder, WRITING), true);
        Path rows = new Path(folder, ROWS);
        files.mkdirs(rows);
        files.mkdirs(new Path(folder, INPUTS));
        for (FileStatus chunk : files.listStatus(rows)) {
            if (files.exists(new Path(new Path(folder, INPUTS), chunk.getPath().getName()))) {
                chunks++;
            } else {
                files.delete(chunk.getPath(), true);
            }
        }
    }

    /** How many chunks there are. */
    int chunks() {
        return chunks;
    }

    /** What is in the folder, of all models. */
    String rows() {
        return new Path(folder, ROWS).toString();
    }

    /** The files that are not done, by path, length, time of change, digest and precision. */
    List<InputFile> left(List<InputFile> all) {
        if (chunks == 0) {
            return all;
        }
        Dataset<Row> done = spark.read()
                .schema(INPUT_SCHEMA)
                .parquet(new Path(folder, INPUTS).toString())
                .where(functions.col(DIGEST).equalTo(stage.digest()))
                .where(functions
                        .coalesce(functions.col(PRECISION), functions.lit(stage.precision()))
                        .equalTo(stage.precision()));
        List<Row> rows = all.stream().map(InputFile::row).toList();
        return spark
                .createDataFrame(rows, InputFile.SCHEMA)
                .join(done, InputFile.KEYS.toArray(String[]::new), "left_anti")
                .collectAsList()
                .stream()
                .map(InputFile::of)
                .toList();
    }

    /** Rows of some files, which are no part of the folder before they are kept. */
    final class Chunk {

        private final String name = CHUNK
                + String.format(Locale.ROOT, "%05d-", chunks + 1)
                + UUID.randomUUID().toString().substring(0, 8);
        private final List<InputFile> of;

        private Chunk(List<InputFile> of) {
            this.of = of;
        }

        /** The rows as they were written. */
        Dataset<Row> rows() {
            return spark.read().parquet(written(ROWS).toString());
        }

        void keep() throws IOException {
            spark.createDataFrame(of.stream().map(InputFile::row).toList(), InputFile.SCHEMA)
                    .withColumn(DIGEST, functions.lit(stage.digest()))
                    .withColumn(PRECISION, functions.lit(stage.precision()))
                    .coalesce(1)
                    .write()
                    .parquet(written(INPUTS).toString());
            move(ROWS);
            move(INPUTS);
            chunks++;
        }

        private void move(String part) throws IOException {
            Path place = new Path(new Path(folder, part), name);
            if (!files.rename(written(part), place)) {
                throw new IOException(place + ": cannot be renamed from " + written(part));
            }
        }

        private Path written(String part) {
            return new Path(new Path(new Path(folder, WRITING), name), part);
        }
    }

    /** Computes and writes rows. */
    Chunk write(List<InputFile> of, Dataset<Row> rows) {
        Chunk chunk = new Chunk(of);
        rows.write()
                .option("compression", compressed ? "snappy" : "none")
                .parquet(chunk.written(ROWS).toString());
        return chunk;
    }
}
