package io.numclip.spark.job;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.image.ImageNames;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

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
                    .map(task -> rows(task, InputFile::image))
                    .toList();
            return frame(spark, parts(spark, tasks).flatMap(List::iterator), DataTypes.StringType);
        }
    },
    /**
     * Parquet with the content of an image in each row, as {@code pack} writes it. With the columns of regions it is of these, and
     * may have the paths of pictures alone.
     */
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
            boolean isList = !columns.contains(CONTENT) && columns.containsAll(Region.NAMES);
            if (!columns.contains("path") || !(isList || columns.contains(CONTENT))) {
                throw new NumClipException(
                        Kind.DATA,
                        files.get(0).path() + ": expected the columns path and content, found " + columns,
                        "rename the columns, or let 'pack' write the files; a list of regions may have path, left, top, width and"
                                + " height alone");
            }
            Column length = isList ? functions.lit(null) : functions.length(all.col(CONTENT));
            List<Column> taken = new ArrayList<>(List.of(
                    known(columns, "path", functions.lit(null), DataTypes.StringType),
                    known(columns, "length", length, DataTypes.LongType),
                    known(columns, "modificationTime", functions.lit(null), DataTypes.TimestampType),
                    known(columns, Stage.ERROR, functions.lit(null), DataTypes.StringType)
                            .as(PROBLEM),
                    all.col(isList ? "path" : CONTENT).as(IMAGE)));
            Region.NAMES.stream().filter(columns::contains).map(all::col).forEach(taken::add);
            Dataset<Row> images = all.select(taken.toArray(Column[]::new));
            return isList // which is small, and its images are not
                    ? images.repartition(4 * spark.sparkContext().defaultParallelism())
                    : images;
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
            JavaRDD<Row> images = parts(spark, rows(files, InputFile::row)).flatMap(new TarImages());
            return frame(spark, images, DataTypes.BinaryType);
        }
    };

    static final String CONTENT = "content";

    /** The column that says why there is no image, else null. */
    static final String PROBLEM = "problem";

    /** The column with the content of the image, or with the path of its file. */
    static final String IMAGE = "image";

    /** Whether a file of this name is of this kind; what else lies in a folder is passed over. */
    abstract boolean isOne(String name);

    /** A row for each image: {@link InputFile#KEYS}, {@link #PROBLEM} and {@link #IMAGE}. */
    abstract Dataset<Row> images(SparkSession spark, List<InputFile> files);

    /** A column as the type that is written; null where a value of somebody else's type has none of it. */
    private static Column known(List<String> columns, String name, Column otherwise, DataType type) {
        return (columns.contains(name) ? functions.col(name) : otherwise)
                .try_cast(type)
                .as(name);
    }

    private static List<Row> rows(List<InputFile> files, Function<InputFile, Row> row) {
        List<Row> rows = new ArrayList<>(); // which every serializer of Spark knows
        files.forEach(file -> rows.add(row.apply(file)));
        return rows;
    }

    /** Puts each thing in a partition of its own. */
    private static <T> JavaRDD<T> parts(SparkSession spark, List<T> things) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(things, Math.max(1, things.size()));
    }

    private static Dataset<Row> frame(SparkSession spark, JavaRDD<Row> rows, DataType image) {
        return spark.createDataFrame(
                rows, InputFile.SCHEMA.add(PROBLEM, DataTypes.StringType).add(IMAGE, image));
    }
}
