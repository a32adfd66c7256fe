package io.numclip.runner.train;

import static io.numclip.golden.GoldenFigures.IMAGES;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException.Kind;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.ServedRun;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractIntegerAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded CLIP, whose heads get features of more layers. */
@Tag("ci")
class LayersEndToEndTest {

    private static final String FROZEN = "training.learningRates.imageEncoder=0";
    private static final String LEARNING = "training.learningRates.imageEncoder=0.0001";

    @TempDir
    private Path folder;

    private TestingConsole console;

    @BeforeEach
    void start() {
        console = TestingConsole.in(folder);
    }

    /** Features in the cache, in the model, of pixels, over HTTP, in a model that is handed on and in an ONNX file. */
    @ParameterizedTest
    @CsvSource({
        "numclip, layers, " + FROZEN,
        "numclip, layers, " + LEARNING,
        "numclip, layers, training.lora.rank=2",
        "ridge, layers, " + FROZEN,
        "linear-probe, pooled, " + FROZEN,
        "neighbours, layers, training.epochs=0",
        "tip-adapter, layers, " + FROZEN,
        "rank-n-contrast, layers, " + LEARNING,
    })
    void aStoredModelPredictsAsItDidInTraining(String method, String features, String setting) throws IOException {
        Path run = folder.resolve("run");
        train(run, "method=" + method, "backbone.features=" + features, setting).isZero();
        assertThat(run.resolve("model/numclip.json")).content().contains("\"features\" : \"" + features + "\"");
        String trained = console.out();
        console.run("evaluate", run).isZero();
        assertThat(trained).contains(meanError(console.out()));
        String usual = predicted(run);
        ServedRun.assertSame(List.of(run), List.of(usual), folder);
        Path handed = folder.resolve("handed");
        console.run("export", run, "--to", "model", handed).isZero();
        assertThat(values(predicted(handed))).isEqualTo(values(usual));
        console.run("export", run, "--to", "onnx", folder.resolve("model.onnx")).isZero();
        assertThat(console.out()).contains("ONNX Runtime gives the same numbers");
    }

    private static String meanError(String table) {
        Matcher figures = Pattern.compile("(?m)^MAE +(\\S+ \\[\\S+ \\S+])").matcher(table);
        assertThat(figures.find()).as(table).isTrue();
        return figures.group(1);
    }

    @Test
    void featuresOfOneChoiceAreNotTakenForThoseOfAnother() throws IOException {
        Path projected = folder.resolve("projected");
        train(projected, "method=ridge", FROZEN).isZero();
        Path layers = folder.resolve("layers");
        train(layers, "method=ridge", FROZEN, "backbone.features=layers").isZero();
        Path again = folder.resolve("again");
        train(again, "method=ridge", FROZEN).isZero();
        assertThat(projected.resolve("model/numclip.json")).content().doesNotContain("features");
        assertThat(again.resolve("predictions.csv")).hasSameBinaryContentAs(projected.resolve("predictions.csv"));
        assertThat(Files.readString(layers.resolve("predictions.csv")))
                .isNotEqualTo(Files.readString(projected.resolve("predictions.csv")));
        ServedRun.assertSame(List.of(projected, layers), List.of(predicted(projected), predicted(layers)), folder);
    }

    @Test
    void embedGivesThemToo() {
        String image = IMAGES.resolve("photo.jpg").toString();
        console.run("embed", "--image", image, "--features", "layers", "--format", "json")
                .isZero();
        assertThat(console.out().chars().filter(letter -> letter == ',').count())
                .isGreaterThan(9 * 128);
        console.run("embed", "--image", image, "--text", "a dog", "--features", "pooled")
                .isEqualTo(ExitCodes.of(Kind.USAGE));
        assertThat(console.err())
                .contains("--features: expected projected, because texts have no others; found pooled");
    }

    @Test
    void whatCannotBeIsRefused() {
        train(folder.resolve("pixels"), "method=ridge", "backbone.model=pixels", "backbone.features=layers")
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err())
                .contains("backbone.features: expected projected, because plain pixels and small networks have");
        train(folder.resolve("bent"), "method=coral", "adapter.ratio=0.2", "backbone.features=pooled")
                .isEqualTo(ExitCodes.of(Kind.CONFIGURATION));
        assertThat(console.err()).contains("backbone.features: pooled; adapter.ratio: 0.2: an adapter bends projected");
    }

    private AbstractIntegerAssert<?> train(Path run, String... settings) {
        List<String> all = Stream.concat(Stream.of("training.epochs=1"), Stream.of(settings))
                .toList();
        return console.train(run, all.toArray());
    }

    private String predicted(Path model) {
        console.run("predict", model, IMAGES, "--format", "jsonl").isZero();
        return console.out();
    }

    private static String values(String rows) {
        return rows.replaceAll("\"(model|digest)\":\"[^\"]*\"", "");
    }
}
