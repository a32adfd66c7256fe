package io.numclip.kit;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.testing.PluginJarBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in the docs compiles: its blocks are copied from the example, and the example is compiled. */
class WritingAPluginTest {

    private static final Path GUIDE = Path.of("../docs/writing-a-plugin.md");
    private static final Path EXAMPLE = Path.of("../examples/third-party-plugin");
    private static final Pattern JAVA_BLOCK = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void everyJavaBlockIsInTheExample() throws IOException {
        String sources = String.join("\n", sources().values());
        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(GUIDE))
                .results()
                .map(block -> block.group(1))
                .toList();
        assertThat(blocks)
                .hasSizeGreaterThan(3)
                .allSatisfy(block -> assertThat(sources).contains(block));
    }

    @Test
    void exampleCompiles(@TempDir Path folder) throws IOException {
        Path jar = PluginJarBuilder.plugin("fill-level").sources(sources()).writeTo(folder.resolve("fill-level.jar"));
        assertThat(jar).isNotEmptyFile();
    }

    /** Text by class name, main and test. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE.resolve("src"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(toMap(WritingAPluginTest::className, WritingAPluginTest::text));
        }
    }

    private static String className(Path file) {
        return "org.example.filllevel." + file.getFileName().toString().replace(".java", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
