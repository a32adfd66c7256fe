package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.numclip.data.NumClipException;
import io.numclip.host.Golden;
import io.numclip.host.TestingCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MethodsTest {

    @TempDir
    Path folder;

    private ExperimentReader reader;

    @BeforeEach
    void load() {
        reader = new ExperimentReader(TestingCatalog.create(folder));
    }

    static List<String> names() {
        return Methods.builtIn();
    }

    @Test
    void theIndexNamesEveryFile() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/numclip/methods"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".yaml"))
                            .map(file -> file.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(Methods.builtIn());
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyMethodFitsTheRecipeOfATaskAndAFileOfYourOwn(String name) {
        String generic = "task: {type: generic, minimum: 0, maximum: 9, unit: things}\n"
                + "binning: {type: uniform, concepts: [few, some, many]}\n";
        for (String yaml : List.of("task: {type: brightness}\n", generic)) {
            ExperimentConfig config = reader.parse("mine.yaml", yaml, List.of(new Setting("method", name)));
            assertThat(config.method().name()).isEqualTo(name);
            assertThat(config.method().source()).isNotBlank();
        }
    }

    @Test
    void aRunLearnsByNumClipWhereNoMethodIsNamed() {
        assertThat(reader.read("brightness", List.of()).method().title()).isEqualTo("NumCLIP");
    }

    @Test
    void aMethodIsNamedByAWordOrWithATitleOfYourOwn() {
        String task = "task: {type: brightness}\n";
        assertThat(reader.parse("a", task + "method: numclip", List.of())
                        .method()
                        .title())
                .isEqualTo("NumCLIP");
        Method named = reader.parse("a", task + "method: {name: numclip, title: Mine}", List.of())
                .method();
        assertThat(named.title()).isEqualTo("Mine");
        assertThat(named.name()).isEqualTo("numclip");
    }

    @Test
    void anUnknownMethodIsAskedBackBeforeAnythingElseIsDone() {
        assertThatThrownBy(() -> reader.parse("mine.yaml", "task: {type: brightness}\nmethod: numclib\n", List.of()))
                .isInstanceOf(NumClipException.class)
                .hasMessageStartingWith(
                        "mine.yaml:2:9  method: there is no method \"numclib\". Did you mean \"numclip\"?")
                .hasMessageContaining("Known methods: numclip");
    }

    @Test
    void anUnknownMethodOfTheCommandLineNamesTheOption() {
        assertThatThrownBy(() -> reader.read("brightness", List.of(new Setting("method", "nix"))))
                .hasMessageStartingWith("--method  method: there is no method \"nix\".");
    }

    /** As {@code init} writes it: with learning rates. */
    private static final String OWN = """
            task: {type: generic, minimum: 0, maximum: 9, unit: things}
            binning: {type: uniform, concepts: [few, some, many]}
            training: {epochs: 7, learningRates: {imageEncoder: 3e-4, adapter: 1e-3}}
            """;

    @Test
    void aMethodOfTheCommandLineGoesOverTheFileAndOptionsOverIt() {
        ExperimentConfig config = reader.parse("mine.yaml", OWN, List.of(new Setting("method", "linear-probe")));
        assertThat(config.training().learningRates().imageEncoder()).isZero();
        assertThat(config.training().learningRates().coarseHead()).isEqualTo(1e-2);
        assertThat(config.training().epochs()).isEqualTo(7);
        List<Setting> tuned = List.of(
                new Setting("training.learningRates.coarseHead", "0.5"), new Setting("method.name", "linear-probe"));
        assertThat(reader.parse("mine.yaml", OWN, tuned)
                        .training()
                        .learningRates()
                        .coarseHead())
                .isEqualTo(0.5);
    }

    @Test
    void aMethodThatTheFileNamesLiesUnderTheFile() {
        ExperimentConfig config = reader.parse("mine.yaml", OWN + "method: linear-probe\n", List.of());
        assertThat(config.coarseHead().type()).isEqualTo("linear");
        assertThat(config.training().learningRates().imageEncoder()).isEqualTo(3e-4);
    }

    @ParameterizedTest
    @MethodSource("names")
    void trainingAndComparingMakeTheSameOfAFileAndAMethod(String name) throws IOException {
        String file = Files.writeString(folder.resolve("mine.yaml"), OWN).toString();
        ConfigNode.Mapping nothing = YamlReader.parse("compare", "");
        ExperimentConfig compared =
                reader.read(file, new MethodLayers(nothing, new MethodVariant(name, name, nothing), List.of()));
        assertThat(reader.read(file, List.of(new Setting("method", name))).toTree())
                .isEqualTo(compared.toTree());
    }

    @Test
    void aRunThatWasTunedRerunsAsItWas() {
        List<Setting> tuned = List.of(
                new Setting("method", "linear-probe"), new Setting("training.learningRates.imageEncoder", "1e-5"));
        ExperimentConfig first = reader.parse("mine.yaml", OWN, tuned);
        assertThat(reader.parse("config.yaml", first.toYaml(), List.of()).toTree())
                .isEqualTo(first.toTree());
    }

    @Test
    void theRunOfOneMethodIsNoFileForAnotherThatWouldKeepItsSettings() throws IOException {
        String run = reader.parse("mine.yaml", OWN, List.of(new Setting("method", "linear-probe")))
                .toYaml();
        NumClipException refusal = catchThrowableOfType(
                NumClipException.class, () -> reader.parse("config.yaml", run, List.of(new Setting("method", "sord"))));
        Golden.assertEqualsFile("errors/method-of-another.txt", refusal.getMessage() + "\n  fix: " + refusal.fix());
        String other = reader.parse("mine.yaml", OWN, List.of(new Setting("method", "sord")))
                .toYaml();
        assertThat(reader.parse("config.yaml", other, List.of(new Setting("method", "coral")))
                        .method()
                        .title())
                .isEqualTo("CORAL");
    }
}
