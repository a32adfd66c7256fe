package io.numclip.spark.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.spark.TestingSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what Spark SQL reads, in columns of the same types. */
@Tag("ci")
class RowFilesTest {

    private static final StructType SCHEMA = new StructType()
            .add("name", DataTypes.StringType)
            .add("length", DataTypes.LongType)
            .add("time", DataTypes.TimestampType)
            .add("value", DataTypes.DoubleType)
            .add("shares", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("features", DataTypes.createArrayType(DataTypes.FloatType))
            .add("content", DataTypes.BinaryType);
    private static final Timestamp TIME = Timestamp.from(Instant.parse("1965-03-01T12:34:56.123456Z"));
    private static final Row WHOLE = RowFactory.create(
            "ä/1.jpg", 5_000_000_000L, TIME, 0.1, new double[] {0.25, 0.75}, new float[] {-1.5f}, new byte[] {0, -1});
    private static final Row EMPTY =
            RowFactory.create("", 0L, new Timestamp(0), -0.0, new double[0], new float[0], new byte[0]);
    private static final Row NULLS = RowFactory.create(null, null, null, null, null, null, null);

    @TempDir
    private static Path folder;

    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = TestingSpark.start("local[2]", folder);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void rowsOfTasks() {
        Path out = folder.resolve("tasks");
        RowFiles.write(rows(List.of(WHOLE, EMPTY, NULLS)), SCHEMA, hadoop(out), true);
        check(out);
        assertThat(out.toFile().list()).contains("_SUCCESS").doesNotContain("_metadata");
    }

    @Test
    void rowsOfThisMachine() throws IOException {
        Path out = folder.resolve("here");
        RowFiles.write(
                List.of(WHOLE, EMPTY, NULLS),
                SCHEMA,
                hadoop(out.resolve("rows.parquet")),
                spark.sparkContext().hadoopConfiguration());
        check(out);
    }

    @Test
    void aTaskThatFailsLeavesNoRows() {
        Path out = folder.resolve("failed");
        JavaRDD<Row> rows = rows(List.of(WHOLE, RowFactory.create(new StringBuilder())));
        assertThatThrownBy(() -> RowFiles.write(rows, SCHEMA, hadoop(out), true))
                .rootCause()
                .hasMessage("no Parquet value for a class java.lang.StringBuilder");
        assertThat(out.toFile().list()).isNullOrEmpty();
    }

    private static org.apache.hadoop.fs.Path hadoop(Path path) {
        return new org.apache.hadoop.fs.Path(path.toUri());
    }

    private static JavaRDD<Row> rows(List<Row> rows) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(new ArrayList<>(rows), 2);
    }

    private static void check(Path out) {
        List<Row> read = spark.read().parquet(out.toString()).orderBy("length").collectAsList();
        assertThat(spark.read().parquet(out.toString()).schema().simpleString())
                .isEqualTo("struct<name:string,length:bigint,time:timestamp,value:double,shares:array<double>,"
                        + "features:array<float>,content:binary>");
        assertThat(read).hasSize(3);
        assertThat(read.get(0).anyNull()).isTrue();
        assertThat(cells(read.get(0))).containsOnlyNulls();
        assertThat(cells(read.get(1)))
                .containsExactly("", 0L, new Timestamp(0), -0.0, List.of(), List.of(), new byte[0]);
        assertThat(cells(read.get(2)))
                .containsExactly(
                        "ä/1.jpg", 5_000_000_000L, TIME, 0.1, List.of(0.25, 0.75), List.of(-1.5f), new byte[] {0, -1});
    }

    private static List<Object> cells(Row row) {
        List<Object> cells = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            cells.add(row.get(i) instanceof scala.collection.Seq ? row.getList(i) : row.get(i));
        }
        return cells;
    }
}
