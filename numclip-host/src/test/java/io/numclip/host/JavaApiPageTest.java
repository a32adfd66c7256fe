package io.numclip.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.testing.PluginJarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/java-api.md} shows the finished project of {@code examples/java-api}, which compiles. */
class JavaApiPageTest {

    private static final Path PAGE = Path.of("../docs/java-api.md");
    private static final Path EXAMPLE = Path.of("../examples/java-api");
    private static final Path SOURCES = EXAMPLE.resolve("src/main/java/org/example/numbers");

    @Test
    void everyBlockStandsInTheProject() throws IOException {
        String project = Files.readString(EXAMPLE.resolve("pom.xml"))
                + Files.readString(SOURCES.resolve("Numbers.java"))
                + Files.readString(SOURCES.resolve("NumberServer.java"));
        List<String> blocks = Pattern.compile("```(?:java|xml)\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        assertThat(blocks).hasSize(4);
        assertThat(blocks).allSatisfy(block -> assertThat(project).contains(block));
    }

    @Test
    void theProjectCompiles(@TempDir Path folder) throws IOException {
        Path jar = PluginJarBuilder.plugin("numbers")
                .sources(Map.of(
                        "org.example.numbers.Numbers", Files.readString(SOURCES.resolve("Numbers.java")),
                        "org.example.numbers.NumberServer", Files.readString(SOURCES.resolve("NumberServer.java"))))
                .writeTo(folder.resolve("numbers.jar"));
        assertThat(jar).isNotEmptyFile();
    }

    @Test
    void theProgramHasThirtyLines() throws IOException {
        assertThat(Files.readAllLines(SOURCES.resolve("Numbers.java"))).hasSizeLessThanOrEqualTo(30);
    }
}
