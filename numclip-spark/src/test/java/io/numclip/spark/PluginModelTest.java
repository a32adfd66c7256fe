package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.host.NumClip;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.host.plugin.PluginHost;
import io.numclip.host.plugin.TrustList;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose head is in a third party's plugin: it runs where its jar is trusted. */
@Tag("ci")
class PluginModelTest {

    private static final Path STORED = Path.of("../numclip-host/src/test/resources/compatibility");
    private static final String JAR = "fill-level-1.0.0.jar";

    @TempDir
    private static Path folder;

    private static SparkSession spark;
    private static Path image;

    @BeforeAll
    static void start() throws IOException {
        image = TestingRun.images(folder.resolve("images"), 1).resolve("img0.png");
        spark = TestingSpark.start("local[2]", folder);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static Dataset<Row> scored(Path plugins) {
        return new NumClipScorer()
                .setModel(STORED.resolve("model").toString())
                .setBackbone(STORED.resolve("clip").toString())
                .setPlugins(plugins.toString())
                .setPrecision("fp32")
                .setInputCol("path")
                .transform(spark.createDataset(List.of(image.toString()), Encoders.STRING())
                        .toDF("path"));
    }

    private static Path plugins(String name) throws IOException {
        Path plugins = Files.createDirectories(folder.resolve(name));
        Files.copy(STORED.resolve(JAR), plugins.resolve(JAR));
        return plugins;
    }

    @Test
    void numbersAreThoseOfTheLibrary() throws IOException {
        Path plugins = plugins("trusted");
        PluginFolders folders = new PluginFolders(plugins);
        TrustList.read(folders.lockFile())
                .withUser(new Fingerprint().add(plugins.resolve(JAR)).hex(), JAR)
                .write(folders.lockFile());
        NumClip.Options options = NumClip.Options.defaults()
                .withDevice("cpu")
                .withPrecision(Precision.FP32)
                .withBackbone(STORED.resolve("clip"));
        try (NumClip model =
                NumClip.open(STORED.resolve("model"), PluginHost.of(folders).load(), options)) {
            Row found = scored(plugins).first().getAs("prediction");
            assertThat(found.<Double>getAs("value"))
                    .isEqualTo(model.predict(image).value(), within(1e-6));
            assertThat(found.<Double>getAs("lower")).isNull(); // it is not calibrated
        }
    }

    @Test
    void aJarThatNobodyTrustsIsRefused() throws IOException {
        Dataset<Row> scored = scored(plugins("untrusted"));
        assertThatExceptionOfType(Exception.class)
                .isThrownBy(scored::collectAsList)
                .havingRootCause()
                .isInstanceOf(NumClipException.class)
                .withMessageContaining("moving-anchors");
    }
}
