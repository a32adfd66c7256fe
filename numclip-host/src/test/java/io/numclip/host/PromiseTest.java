package io.numclip.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages and the examples show is what later versions keep: the packages and classes that japicmp compares. */
class PromiseTest {

    private static final Pattern INCLUDE = Pattern.compile("<include>(io\\.numclip\\.[\\w.]+)</include>");
    private static final Pattern IMPORT =
            Pattern.compile("^import (?:static )?(io\\.numclip\\.[\\w.]+);", Pattern.MULTILINE);
    private static final String KIT = "io.numclip.testing."; // may ask more of a plugin with each version

    @Test
    void whatThePagesAndExamplesImportIsPromised() throws IOException {
        Set<String> promised = Stream.of("numclip-core", "numclip-host")
                .flatMap(module -> found(INCLUDE, Path.of("..", module, "pom.xml")))
                .collect(Collectors.toSet());
        try (Stream<Path> pages = Files.walk(Path.of("..", "docs"));
                Stream<Path> examples = Files.walk(Path.of("..", "examples"))) {
            List<String> imports = Stream.concat(
                            pages.filter(file -> file.toString().endsWith(".md")),
                            examples.filter(file -> file.toString().endsWith(".java")))
                    .flatMap(file -> found(IMPORT, file))
                    .distinct()
                    .toList();
            assertThat(imports).contains(NumClip.class.getName());
            assertThat(imports)
                    .filteredOn(name -> !name.startsWith(KIT))
                    .allSatisfy(
                            name -> assertThat(promised).containsAnyOf(name, name.substring(0, name.lastIndexOf('.'))));
        }
    }

    private static Stream<String> found(Pattern pattern, Path file) {
        try {
            return pattern.matcher(Files.readString(file)).results().map(result -> result.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
