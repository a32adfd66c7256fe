package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.TestingConsole;
import java.nio.file.Path;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code backbone.precision: int8}, from training to handing on. */
class Int8EndToEndTest {

    private static final String FROZEN = "training.learningRates.imageEncoder=0";

    @TempDir
    private static Path shared;

    private static TestingConsole console;
    private static Path run;

    @BeforeAll
    static void train() {
        console = TestingConsole.in(shared);
        run = shared.resolve("run");
        train(run, FROZEN).isZero();
    }

    private static AbstractIntegerAssert<?> train(Path folder, String setting) {
        return console.train(folder, "backbone.precision=int8", setting);
    }

    private static String predicted(Path model, String... more) {
        console.run("predict", model, IMAGES, "--format", "jsonl", more).isZero();
        return console.out();
    }

    @Test
    void aModelThatWasTrainedInItPredictsInIt() {
        String usual = predicted(run);
        assertThat(run.resolve("model").resolve("numclip.json")).content().contains("\"precision\" : \"int8\"");
        assertThat(predicted(run, "--precision", "int8")).isEqualTo(usual);
        assertThat(predicted(run, "--precision", "fp32")).isNotEqualTo(usual);
        Path handed = shared.resolve("handed");
        console.run("export", run, "--to", "model", handed).isZero();
        assertThat(values(predicted(handed))).isEqualTo(values(usual));
    }

    private static String values(String rows) {
        return rows.replaceAll("\"(model|digest)\":\"[^\"]*\"", "");
    }

    @Test
    void whatItCostsIsSaid() {
        console.run("embed", "--image", IMAGES, "--precision", "int8").isZero();
        assertThat(console.out())
                .containsPattern("int8 and fp32 +cosine of an image in both: lowest 0\\.99\\d+, median 0\\.99\\d+")
                .contains("for comparison");
        console.run("evaluate", run, "--precision", "fp32").isZero();
        assertThat(console.out()).contains("MAE");
    }

    @Test
    void aTowerThatLearnsIsRefused() {
        train(shared.resolve("learning"), "training.learningRates.imageEncoder=0.001")
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err())
                .contains(
                        "training.learningRates.imageEncoder: 0.001; backbone.precision: int8 is for image towers that"
                                + " are not trained");
    }

    @Test
    void itsOnnxFileIsInInt8Alone() {
        String file = shared.resolve("model.onnx").toString();
        console.run("export", run, "--to", "onnx", file).isEqualTo(ExitCodes.of(Kind.USAGE));
        assertThat(console.err()).contains("trained on features in int8", "--precision int8");
        console.run("export", run, "--to", "onnx", "--precision", "int8", file).isZero();
        assertThat(console.out()).contains("but for rounding in int8");
        console.run("export", run, "--precision", "int8", shared.resolve("card").toString())
                .isEqualTo(ExitCodes.of(Kind.USAGE));
    }
}
