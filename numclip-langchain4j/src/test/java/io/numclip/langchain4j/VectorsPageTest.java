package io.numclip.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/vectors.md} shows what compiles. */
class VectorsPageTest {

    private static final Path EXAMPLE = Path.of("../examples/photo-search");
    private static final Path SEARCH = EXAMPLE.resolve("src/main/java/org/example/photos/PhotoSearch.java");

    @Test
    void theProjectStandsOnThePage() throws IOException {
        String project = Files.readString(EXAMPLE.resolve("pom.xml")) + Files.readString(SEARCH);
        assertThat(blocks("docs/vectors.md").subList(1, 3))
                .allSatisfy(block -> assertThat(project).contains(block));
    }

    @Test
    void theSearchHasThirtyLinesWithoutItsImports() throws IOException {
        List<String> lines = Files.readAllLines(SEARCH);
        assertThat(lines.subList(lines.indexOf("") + 1, lines.size()))
                .filteredOn(line -> !line.startsWith("import "))
                .hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void theThreeLinesCompileOnBothPages(@TempDir Path folder) throws IOException {
        String three = blocks("docs/vectors.md").get(0);
        assertThat(blocks("README.md")).contains(three);
        Path source = Files.writeString(folder.resolve("Three.java"), """
                import io.numclip.embedding.ClipEmbeddings;
                import io.numclip.embedding.ClipEmbeddings.Embedded;
                import io.numclip.embedding.ClipEmbeddings.TextEmbedding;
                import java.nio.file.Path;
                import java.util.List;
                class Three { void run() throws java.io.IOException {
                %s
                } }
                """.formatted(three));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString()))
                .isZero();
    }

    private static List<String> blocks(String page) throws IOException {
        return Pattern.compile("```(?:java|xml)\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..").resolve(page)))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
