package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numclip.data.NumClipException;
import io.numclip.host.Golden;
import io.numclip.host.TestingCatalog;
import io.numclip.host.plugin.PluginCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code x.yaml} in {@code errors/config} is refused with the text of {@code x.txt}. */
class ConfigErrorsTest {

    private static final Path CASES = Path.of("src/test/resources/errors/config");

    @TempDir
    static Path empty;

    private static PluginCatalog catalog;

    @BeforeAll
    static void load() {
        catalog = TestingCatalog.create(empty);
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Test
    void thereAreManyCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aWrongFileIsRefusedWithEveryProblem(String name) throws IOException {
        String text = Files.readString(CASES.resolve(name));
        NumClipException failure = refusal(() -> new ExperimentReader(catalog).parse(name, text, List.of()));
        assertThat(failure.kind()).isEqualTo(NumClipException.Kind.CONFIGURATION);
        Golden.assertEqualsFile(
                "errors/config/" + name.replace(".yaml", ".txt"), failure.getMessage() + "\n  fix: " + failure.fix());
    }

    @Test
    void anUnknownTaskListsTheKnownOnes() throws IOException {
        NumClipException failure = refusal(() -> new ExperimentReader(catalog).read("brightnes", List.of()));
        Golden.assertEqualsFile("errors/config/command-line-task.txt", failure.getMessage());
    }

    @Test
    void optionsAreNamedWhereTheyAreWrong() throws IOException {
        List<Setting> settings = Stream.of(
                        "fineHead.type=srr",
                        "losses.7.weight=1",
                        "training.epochs=many",
                        "binning.bins.0.below=99",
                        "training={epochs: [1]}",
                        "task.look=square",
                        "backbone.model=[")
                .map(Setting::parse)
                .toList();
        NumClipException failure = refusal(() -> new ExperimentReader(catalog).read("brightness", settings));
        Golden.assertEqualsFile("errors/config/command-line-set.txt", failure.getMessage());
    }

    private static NumClipException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(NumClipException.class, call);
    }
}
