package io.numclip.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the files of the page without a browser. */
class PageFilesTest {

    private static final int KILO = 1024;

    @Test
    void theyAreSmall() throws IOException {
        long text = files(".html", ".css", ".js", ".svg").stream()
                .mapToLong(PageFilesTest::size)
                .sum();
        long pictures = files(".png").stream().mapToLong(PageFilesTest::size).sum();

        assertThat(text).isLessThan(64 * KILO);
        assertThat(pictures).isLessThan(40 * KILO);
    }

    @Test
    void theyNameNoOtherPlace() throws IOException {
        for (Path file : files(".html", ".css", ".js", ".svg")) {
            String text = Files.readString(file).replace("http://www.w3.org/2000/svg", "");
            assertThat(text).as(file.getFileName().toString()).doesNotContain("http:", "https:", "//cdn", "@import");
        }
    }

    @Test
    void theyObeyAPolicyThatForbidsWhatIsWrittenIntoThePage() throws IOException {
        for (Path file : files(".html")) {
            assertThat(Files.readString(file)).doesNotContain("style=", "<style", " onclick", "javascript:");
            assertThat(Files.readString(file)).doesNotContainPattern("<script(?![^>]* src=)");
        }
        for (Path file : files(".js")) {
            assertThat(Files.readString(file))
                    .doesNotContain("innerHTML", "outerHTML", "eval(", "insertAdjacentHTML", "'style'");
        }
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> walk = Files.walk(folder())) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .toList();
        }
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(PageFilesTest.class.getResource("/io/numclip/server/page/index.html"))
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
