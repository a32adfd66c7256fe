package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.numclip.host.config.Methods;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The schema as a validator that is not ours understands it. */
class ConfigSchemaTest {

    private static final Path MISTAKES = Path.of("../numclip-host/src/test/resources/errors/config");

    /** Ranges, order and what depends on another setting; only reading finds what is wrong. */
    private static final Set<String> BEYOND_A_SCHEMA = Set.of(
            "bins-out-of-order",
            "concepts-outside-the-scale",
            "environment-variable",
            "fp16-in-training",
            "generic-with-an-empty-scale",
            "generic-without-a-scale",
            "generic-without-bins",
            "infinite-number",
            "losses-empty",
            "losses-off",
            "range-in-a-nested-section",
            "range-in-a-section",
            "range-in-a-task",
            "range-in-nested-task-data",
            "range-of-the-adapter",
            "refit-against-the-protocol",
            "required-setting",
            "shares-too-large",
            "test-share-alone",
            "unknown-device",
            "whole-number-too-large");

    @TempDir
    static Path empty;

    private static Schema schema;

    @BeforeAll
    static void print() throws IOException {
        TestingConsole console = TestingConsole.in(empty);
        console.run("config", "schema").isZero();
        JsonNode tree = new ObjectMapper().readTree(console.out());
        schema = SchemaRegistry.withDialect(Dialects.getDraft7()).getSchema(tree);
    }

    /** What the validator says; nothing if it is content. */
    private static List<String> mistakes(String yaml) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(new ObjectMapper().valueToTree(tree)).stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
    }

    private static Optional<List<String>> mistakes(Path file) throws IOException {
        try {
            return Optional.of(mistakes(Files.readString(file)));
        } catch (YamlEngineException noYaml) {
            return Optional.empty();
        }
    }

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsRight(Path example) throws IOException {
        assertThat(mistakes(example)).hasValue(List.of());
    }

    @Test
    void everyMethodIsKnown() {
        for (String method : Methods.builtIn()) {
            assertThat(mistakes("task: {type: brightness}\nmethod: " + method)).isEmpty();
        }
        assertThat(mistakes("task: {type: brightness}\nmethod: corall")).isNotEmpty();
    }

    @Test
    void aFullConfigurationIsRight() {
        TestingConsole console = TestingConsole.in(empty);
        console.run("config", "print", "brightness").isZero();
        assertThat(mistakes(console.out())).isEmpty();
    }

    @Test
    void mistakesOfKeyTypeAndWordAreFoundAndNoOthers() throws IOException {
        Set<String> overlooked = new TreeSet<>();
        try (Stream<Path> files = Files.list(MISTAKES)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yaml")).toList()) {
                if (mistakes(file).filter(List::isEmpty).isPresent()) {
                    overlooked.add(file.getFileName().toString().replace(".yaml", ""));
                }
            }
        }
        assertThat(overlooked).containsExactlyInAnyOrderElementsOf(BEYOND_A_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks: [age]\nmethods: [numclip]\nseed: 1",
                "tasks: [age]\nmethods: [{name: mine, bass: numclip}]",
                "tasks: [age]\nmethods: [corall]",
                "tasks: [age]\nmethods: all\nseeds: one",
                "tasks: [age]\nmethods: all\nshifts: [{labels: ten, keep: 0.2}]"
            })
    void mistakesInAComparisonAreFound(String yaml) {
        assertThat(mistakes(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tasks: age\nmethods: all",
                "tasks: [age]\nmethods: numclip\nseeds: 3\nshots: [all, 4]\nshifts: [none, {labels: 10, keep: 0.2}]",
                "tasks: [age]\nmethods: [numclip]\nsearch: {factors: [1, 3], seed: 7}"
            })
    void shortFormsOfAComparisonAreRight(String yaml) {
        assertThat(mistakes(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "task: {type: brightness}\nlosses: {1: {weight: 0}}",
                "task: {type: brightness}\nfineHead: {anchor: midpoint}",
                "task: {type: brightness}\nbinning: {type: quantile, concepts: [1900, dark, true]}",
                "task: {type: brightness}\ntraining: {learningRates: {adapter: 1e-3}}\nseeds: {order: null, data: 3}"
            })
    void whatTheReaderTakesIsRight(String yaml) {
        assertThat(mistakes(yaml)).isEmpty();
    }
}
