package io.numclip.runner.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException.Kind;
import io.numclip.host.TestingCatalog;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backbone.precision: int8}, from training to handing on. */
class Int8EndToEndTest {

    private static final Path IMAGES = Path.of("../numclip-core/src/test/resources/golden/images");
    private static final String FROZEN = "training.learningRates.imageEncoder=0";

    @TempDir
    private static Path shared;

    private static TestingConsole console;
    private static Path run;

    @BeforeAll
    static void train() {
        System.setProperty("numclip.cache", shared.resolve("cache").toString());
        console = new TestingConsole(TestingCatalog.create(shared), shared);
        run = shared.resolve("run");
        assertThat(train(run, FROZEN)).as(console.err()).isZero();
    }

    private static int train(Path folder, String setting) {
        return console.run(
                "train",
                "brightness",
                "--quiet",
                "--out",
                folder.toString(),
                "--set",
                "backbone.precision=int8",
                "--set",
                setting);
    }

    private static String predicted(Path model, String... more) {
        String[] command = {"predict", model.toString(), IMAGES.toString(), "--format", "jsonl"};
        String[] all = new String[command.length + more.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        assertThat(console.run(all)).as(console.err()).isZero();
        return console.out();
    }

    @Test
    void aModelThatWasTrainedInItPredictsInIt() {
        String usual = predicted(run);
        assertThat(run.resolve("model").resolve("numclip.json")).content().contains("\"precision\" : \"int8\"");
        assertThat(predicted(run, "--precision", "int8")).isEqualTo(usual);
        assertThat(predicted(run, "--precision", "fp32")).isNotEqualTo(usual);
        Path handed = shared.resolve("handed");
        assertThat(console.run("export", run.toString(), "--to", "model", handed.toString()))
                .as(console.err())
                .isZero();
        assertThat(values(predicted(handed))).isEqualTo(values(usual));
    }

    private static String values(String rows) {
        return rows.replaceAll("\"(model|digest)\":\"[^\"]*\"", "");
    }

    @Test
    void whatItCostsIsSaid() {
        assertThat(console.run("inspect", run.toString(), "--precision", "int8", "--image", IMAGES.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out())
                .containsPattern("int8 and fp32 +cosine of an image in both: lowest 0\\.99\\d+, median 0\\.99\\d+")
                .containsPattern(
                        "MAE, \\d+ test images +\\d+\\.\\d{4} .* in fp32, \\d+\\.\\d{4} in int8: [+-]\\d+\\.\\d\\d %");
        assertThat(console.run("inspect", "embedded", "--precision", "int8", "--image", IMAGES.toString()))
                .as(console.err())
                .isZero();
        assertThat(console.out()).contains("images", "for comparison").doesNotContain("MAE");
        assertThat(console.run("inspect", "embedded", "--precision", "int8")).isEqualTo(ExitCodes.of(Kind.USAGE));
        assertThat(console.run("inspect", "embedded", "--image", IMAGES.toString()))
                .isEqualTo(ExitCodes.of(Kind.USAGE));
    }

    @Test
    void aTowerThatLearnsAndAnOnnxFileAreRefused() {
        assertThat(train(shared.resolve("learning"), "training.learningRates.imageEncoder=0.001"))
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err())
                .contains(
                        "training.learningRates.imageEncoder: 0.001; backbone.precision: int8 is for image towers that"
                                + " are not trained");
        String file = shared.resolve("model.onnx").toString();
        assertThat(console.run("export", run.toString(), "--to", "onnx", file)).isEqualTo(ExitCodes.of(Kind.USAGE));
        assertThat(console.err()).contains("trained on features in int8", "fp32 or bf16");
    }
}
