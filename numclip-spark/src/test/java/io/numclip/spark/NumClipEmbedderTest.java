package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.LabeledImage;
import io.numclip.data.Region;
import io.numclip.embedding.ClipEmbeddings;
import io.numclip.features.FeatureCache;
import io.numclip.features.ImageFeatures;
import io.numclip.image.Background;
import io.numclip.image.ImageFile;
import io.numclip.model.BaseModel;
import io.numclip.storage.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Features that Spark makes are those of the program, and a training finds them. */
@Tag("ci")
class NumClipEmbedderTest {

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static Path images;
    private static Dataset<Row> embedded;
    private static final NumClipEmbedder EMBEDDER =
            new NumClipEmbedder().setInputCol("path").setPrecision("fp32");

    @BeforeAll
    static void start() throws IOException {
        spark = TestingSpark.start("local[2]", folder);
        images = TestingRun.images(folder.resolve("images"), 20);
        embedded = EMBEDDER.transform(spark.read()
                        .format("binaryFile")
                        .load(images.toString())
                        .drop("content")
                        .repartition(2))
                .cache();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @AfterEach
    void usualCache() {
        System.clearProperty(CacheFolder.PROPERTY);
    }

    @Test
    void featuresAreThoseOfTheProgram() throws IOException {
        Map<String, float[]> program = new TreeMap<>();
        Map<String, String> problems = new TreeMap<>();
        try (ClipEmbeddings clip = ClipEmbeddings.openForImages("embedded", "cpu", Precision.FP32, Background.NONE)) {
            List<Path> files = files();
            clip.images(files, 7, (index, found) -> {
                String file = "file:" + files.get(index);
                if (found.problem() == null) {
                    program.put(file, found.features());
                } else {
                    problems.put(file, found.problem());
                }
            });
        }
        for (Row row : embedded.collectAsList()) {
            Row found = row.getAs("embedding");
            String path = row.getAs("path");
            assertThat(found.<String>getAs("error")).isEqualTo(problems.get(path));
            if (!problems.containsKey(path)) {
                assertThat(floats(found)).containsExactly(program.get(path), within(1e-6f));
            }
        }
    }

    @Test
    void aTrainingFindsTheFeaturesByTheContentOfItsImages() throws IOException {
        System.setProperty(CacheFolder.PROPERTY, folder.resolve("cache").toString());
        FeatureStore.keep(embedded, EMBEDDER);
        BaseModel base = BaseModel.of(ModelSource.parse("embedded"));
        ClipPreprocessor preprocessor = ClipDirectory.preprocessor(base.directory());
        FeatureCache cache = FeatureCache.of(base, Precision.FP32, preprocessor);
        List<LabeledImage> whole = files().stream()
                .filter(file -> file.getFileName().toString().startsWith("img"))
                .map(file -> new LabeledImage(file.toString(), new ImageFile(file), 1, Map.of()))
                .toList();
        try (NDManager manager = NDManager.newBaseManager()) {
            NoEncoder encoder = new NoEncoder(features().length, manager);
            ImageFeatures features = cache.features(encoder, whole, 16, (name, reason) -> {});
            for (int i = 0; i < whole.size(); i++) {
                assertThat(features.isPresent(i)).isTrue();
            }
            float[] row = new float[features.dimension()];
            features.copyTo(0, row, 0);
            assertThat(row).containsExactly(features(), within(0f));
        }
    }

    /** A cache that took them for those of the whole picture would be wrong for ever. */
    @Test
    void theContentOfARegionIsNotThatOfItsPicture() throws IOException {
        Path file = files().stream()
                .filter(each -> each.getFileName().toString().equals("img0.png"))
                .findFirst()
                .orElseThrow();
        Region region = new Region(1, 2, 10, 12);
        Dataset<Row> row = embedded.select("path").where(embedded.col("path").endsWith("/img0.png"));
        for (Map.Entry<String, Integer> number : region.fields().entrySet()) {
            row = row.withColumn(number.getKey(), functions.lit(number.getValue()));
        }
        Row found = EMBEDDER.transform(row).first().getAs("embedding");
        assertThat(found.<String>getAs("contentHash")).isEqualTo(new ImageFile(file, region).contentHash());
    }

    /** Of the first whole image. */
    private static float[] features() throws IOException {
        String first = "file:"
                + files().stream()
                        .filter(file -> file.getFileName().toString().startsWith("img"))
                        .findFirst()
                        .orElseThrow();
        return floats(
                embedded.where(embedded.col("path").equalTo(first)).first().getAs("embedding"));
    }

    private static float[] floats(Row struct) {
        List<Float> values = struct.getList(struct.fieldIndex("features"));
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(images)) {
            return all.sorted().toList();
        }
    }
}
