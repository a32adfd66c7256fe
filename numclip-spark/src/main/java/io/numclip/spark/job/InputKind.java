package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.image.ImageNames;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What the images of a job lie in. */
enum InputKind {
    /** A file for each image. */
    IMAGES {
        @Override
        boolean isOne(String name) {
            return ImageNames.isImage(name);
        }

        @Override
        Dataset<Row> images(SparkSession spark, List<InputFile> files) {
            List<List<Row>> tasks = ImageTasks.of(files, spark.sparkContext().defaultParallelism()).stream()
                    .map(InputKind::rows)
                    .toList();
            return spark.createDataFrame(parts(spark, tasks).flatMap(List::iterator), InputFile.SCHEMA)
                    .withColumn(PROBLEM, NO_TEXT);
        }

        @Override
        String imageColumn() {
            return "path";
        }
    },
    /** Parquet with the content of an image in each row, as {@code pack} writes it. */
    PARQUET {
        @Override
        boolean isOne(String name) {
            return name.endsWith(".parquet");
        }

        @Override
        Dataset<Row> images(SparkSession spark, List<InputFile> files) {
            Dataset<Row> all =
                    spark.read().parquet(files.stream().map(InputFile::path).toArray(String[]::new));
            List<String> columns = List.of(all.columns());
            if (!columns.contains("path") || !columns.contains(CONTENT)) {
                throw new NumClipException(
                        Kind.DATA,
                        files.get(0).path() + ": expected the columns path and content, found " + columns,
                        "rename the columns, or let 'pack' write the files");
            }
            return all.select(
                    all.col("path"),
                    known(columns, "length", functions.length(all.col(CONTENT)).cast(DataTypes.LongType)),
                    known(columns, "modificationTime", functions.lit(null).cast(DataTypes.TimestampType)),
                    known(columns, "error", NO_TEXT).as(PROBLEM),
                    all.col(CONTENT));
        }

        @Override
        String imageColumn() {
            return CONTENT;
        }
    },
    /** Tar files with images in them, as WebDataset has them. */
    TAR {
        @Override
        boolean isOne(String name) {
            return name.endsWith(".tar");
        }

        @Override
        Dataset<Row> images(SparkSession spark, List<InputFile> files) {
            StructType schema =
                    InputFile.SCHEMA.add(PROBLEM, DataTypes.StringType).add(CONTENT, DataTypes.BinaryType);
            return spark.createDataFrame(parts(spark, rows(files)), InputFile.SCHEMA)
                    .flatMap(new TarImages(), Encoders.row(schema));
        }

        @Override
        String imageColumn() {
            return CONTENT;
        }
    };

    static final String PROBLEM = "problem";
    static final String CONTENT = "content";
    private static final Column NO_TEXT = functions.lit(null).cast(DataTypes.StringType);

    /** Whether a file of this name is of this kind; what else lies in a folder is passed over. */
    abstract boolean isOne(String name);

    /** A row for each image, with {@link InputFile#KEYS}, {@value #PROBLEM} and perhaps {@value #CONTENT}. */
    abstract Dataset<Row> images(SparkSession spark, List<InputFile> files);

    /** What the stage reads: {@value #CONTENT}, or the path of a file. */
    abstract String imageColumn();

    private static Column known(List<String> columns, String name, Column otherwise) {
        return (columns.contains(name) ? functions.col(name) : otherwise).as(name);
    }

    private static List<Row> rows(List<InputFile> files) {
        List<Row> rows = new ArrayList<>(); // which every serializer of Spark knows
        files.forEach(file -> rows.add(file.row()));
        return rows;
    }

    /** Each thing in a partition of its own. */
    private static <T> JavaRDD<T> parts(SparkSession spark, List<T> things) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(things, Math.max(1, things.size()));
    }
}
