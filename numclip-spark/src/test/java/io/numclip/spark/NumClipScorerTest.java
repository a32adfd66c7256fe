package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of Spark are those of the program. */
@Tag("ci")
class NumClipScorerTest {

    private static final int IMAGES = 41; // no multiple of a batch
    private static final double EQUAL = 1e-6;

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static TestingRun run;
    private static Path images;
    private static Map<String, NamedCsvRecord> expected;

    @BeforeAll
    static void start() throws IOException {
        run = new TestingRun(folder).train();
        images = TestingRun.images(folder.resolve("images"), IMAGES);
        expected = run.predicted(images);
        spark = TestingSpark.start("local[2]", folder);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static NumClipScorer scorer() {
        return new NumClipScorer().setModel(run.path().toString()).setInputCol("path");
    }

    private static Dataset<Row> paths() {
        return spark.read()
                .format("binaryFile")
                .load(images.toString())
                .drop("content")
                .repartition(3);
    }

    @Test
    void rowsFromPathsAreThoseOfTheProgram() {
        check(scorer().transform(paths()));
    }

    @Test
    void rowsFromContentsAreThoseOfTheProgram() {
        Dataset<Row> contents = spark.read()
                .format("binaryFile")
                .load(images.toString())
                .where("length < 1000000")
                .repartition(2);
        List<Row> rows =
                rows(scorer().setInputCol("content").transform(contents).drop("content"));
        assertThat(rows).hasSize(IMAGES + 1);
        rows.forEach(row -> checkRow(row, expected));
    }

    @Test
    void aPipelineThatWasSavedGivesTheSameRows() throws IOException {
        Path saved = folder.resolve("pipeline");
        SQLTransformer small = new SQLTransformer().setStatement("SELECT path FROM __THIS__");
        PipelineModel made = new Pipeline()
                .setStages(new PipelineStage[] {small, scorer().setOutputCol("age")})
                .fit(paths());
        made.write().overwrite().save(saved.toString());
        PipelineModel loaded = PipelineModel.load(saved.toString());
        assertThat(((NumClipScorer) loaded.stages()[1]).getOutputCol()).isEqualTo("age");
        check(loaded.transform(paths()).withColumnRenamed("age", "prediction"));
    }

    /** As Spark Connect finds stages. */
    @Test
    void theStagesAreListedAsServices() {
        assertThat(ServiceLoader.load(Transformer.class).stream().<Class<?>>map(ServiceLoader.Provider::type))
                .contains(NumClipScorer.class, NumClipEmbedder.class);
    }

    /** Its heads have a class for each rank, and its predictions have concepts all the same. */
    @Test
    void aModelOfRanksHasProbabilitiesOfConcepts() {
        TestingRun ranks = new TestingRun(folder.resolve("ranks")).train("--method", "sord");
        NumClipScorer scorer = scorer().setModel(ranks.path().toString());
        assertThat(scorer.concepts()).containsExactly("dark", "gray", "bright");
        assertThat(rows(scorer.transform(paths())).stream()
                        .map(row -> row.<Row>getAs("prediction"))
                        .filter(prediction -> prediction.getAs("error") == null))
                .isNotEmpty()
                .allSatisfy(prediction -> assertThat(prediction.getList(prediction.fieldIndex("probabilities")))
                        .hasSize(3));
    }

    @ParameterizedTest
    @CsvSource({
        "numclip, backbone.features=layers, training.learningRates.imageEncoder=0",
        "linear-probe, backbone.features=pooled, training.learningRates.imageEncoder=0",
        "regression, backbone.model=small-network, training.learningRates.imageEncoder=3e-4",
    })
    void rowsOfOtherFeaturesAndTowersAreThoseOfTheProgram(String method, String backbone, String rate)
            throws IOException {
        TestingRun other = new TestingRun(Files.createTempDirectory(folder, "other"))
                .train("--method", method, "--set", backbone, "--set", rate);
        Map<String, NamedCsvRecord> program = other.predicted(images);
        List<Row> rows = rows(scorer().setModel(other.path().toString()).transform(paths()));
        assertThat(rows).hasSize(IMAGES + 2).allSatisfy(row -> checkRow(row, program));
    }

    @Test
    void thePrecisionOfGpusMustBeNamed() {
        NumClipScorer scorer =
                new NumClipScorer().setModel("elsewhere").setDigest("1234").setDevice("cuda:0");
        assertThatThrownBy(scorer::decidedPrecision)
                .isInstanceOf(NumClipException.class)
                .hasMessage(
                        "precision: with the device cuda:0 expected fp32, bf16 or fp16; found auto, which depends on the"
                                + " GPUs of other machines");
        assertThat(scorer.setPrecision("bf16").decidedPrecision()).isEqualTo(Precision.BF16);
    }

    @Test
    void probabilitiesAreThoseOfTheConceptsInTheirOrder() {
        assertThat(scorer().concepts()).containsExactly("dark", "gray", "bright");
    }

    /** As where the folder of a machine was not copied again after a training. */
    @Test
    void anotherModelUnderThePathIsRefusedWithTheNameOfTheMachine() {
        Dataset<Row> scored = scorer().setDigest("0".repeat(64)).transform(paths());
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(scored::collectAsList)
                .havingRootCause()
                .isInstanceOf(NumClipException.class)
                .withMessageContaining("another model than expected")
                .withMessageContaining("on ");
    }

    @Test
    void regionsOfPicturesAreThoseOfTheProgram() throws IOException {
        List<String> lines = new ArrayList<>(List.of("file,left,top,width,height"));
        for (int i = 0; i < 20; i += 4) {
            Path picture = images.resolve("img" + i + ".png");
            lines.add(picture + (i == 8 ? ",,,," : "," + i / 4 + ",2,12.4,13"));
        }
        Path list = Files.write(folder.resolve("regions.csv"), lines);
        Map<String, NamedCsvRecord> program = run.predicted(list);
        Dataset<Row> regions = spark.read().option("header", true).csv(list.toString());
        List<Row> found = rows(scorer().transform(regions.withColumn("path", functions.col("file"))));
        assertThat(found).hasSize(5).allSatisfy(row -> checkRow(row, program));
        Dataset<Row> wrong = regions.withColumn("path", functions.col("file")).withColumn("top", functions.lit(30.0));
        assertThat(rows(scorer().transform(wrong))
                        .get(1)
                        .<Row>getAs("prediction")
                        .<String>getAs("error"))
                .isEqualTo(
                        "top + height is 43, outside the upright picture of 34 x 40 pixels; give a region that lies in"
                                + " it");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> scorer().transform(wrong.drop("height")))
                .withMessageStartingWith("of a region only left, top, width; name all four");
    }

    /** As with {@code --archives run.zip#run}. */
    @Test
    void aModelThatWasShippedWithTheJobIsFoundByItsName() {
        spark.sparkContext().addFile(run.path().toString(), true);
        check(scorer().setModel("run").transform(paths()));
    }

    @Test
    void aModelThatIsNotThereIsSaidOnTheDriver() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> scorer().setModel("/nowhere").transform(paths()))
                .withMessage("/nowhere: there is no model here");
    }

    @Test
    void aColumnThatHoldsNoImagesIsRefusedBeforeAnythingIsRead() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> scorer().setInputCol("length").transform(paths()))
                .withMessage("column 'length': expected binary (contents of files) or string (paths), found bigint");
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> scorer().setInputCol("picture").transform(paths()))
                .withMessageStartingWith("there is no column 'picture'; found [path, ");
    }

    /** It would not fit into an array of bytes. */
    @Test
    void aFileThatIsTooLargeIsRefusedWithoutBeingRead() throws IOException {
        Path large = folder.resolve("3-gigabytes.png");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        Dataset<Row> path = spark.createDataset(List.of(large.toString()), Encoders.STRING())
                .toDF("path");
        assertThat(rows(scorer().transform(path))
                        .get(0)
                        .<Row>getAs("prediction")
                        .<String>getAs("error"))
                .isEqualTo("too many bytes, the limit image.bytes is 33,554,432");
    }

    @Test
    void anImageThatIsNullIsARowWithAnError() {
        Dataset<Row> none = spark.sql("SELECT CAST(NULL AS STRING) AS path");
        assertThat(rows(scorer().transform(none))
                        .get(0)
                        .<Row>getAs("prediction")
                        .<String>getAs("error"))
                .isEqualTo("there is no image");
    }

    private static void check(Dataset<Row> scored) {
        List<Row> rows = rows(scored);
        assertThat(rows).hasSize(IMAGES + 2);
        rows.forEach(row -> checkRow(row, expected));
        assertThat(scored.where(functions.col("prediction.error").isNotNull()).count())
                .isEqualTo(2);
    }

    private static List<Row> rows(Dataset<Row> scored) {
        return scored.collectAsList();
    }

    private static void checkRow(Row row, Map<String, NamedCsvRecord> expected) {
        String path = row.getAs("path");
        NamedCsvRecord program = expected.get(path.substring(path.lastIndexOf('/') + 1));
        Row found = row.getAs("prediction");
        assertThat(found.<String>getAs("error") == null ? "" : found.<String>getAs("error"))
                .isEqualTo(program.getField("error"));
        if (found.getAs("error") != null) {
            assertThat(found.isNullAt(0)).isTrue();
            return;
        }
        for (String number : List.of("value", "lower", "upper")) {
            assertThat(found.<Double>getAs(number))
                    .as(number)
                    .isEqualTo(Double.parseDouble(program.getField(number)), within(EQUAL));
        }
        assertThat(found.<String>getAs("concept")).isEqualTo(program.getField("concept"));
        List<Double> probabilities = found.getList(found.fieldIndex("probabilities"));
        assertThat(probabilities.get(0)).isEqualTo(Double.parseDouble(program.getField("p:dark")), within(EQUAL));
        assertThat(probabilities.get(2)).isEqualTo(Double.parseDouble(program.getField("p:bright")), within(EQUAL));
    }
}
