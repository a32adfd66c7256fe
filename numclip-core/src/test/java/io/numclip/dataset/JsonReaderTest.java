package io.numclip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @TempDir
    Path folder;

    @Test
    void everyKindOfValueIsRead() throws IOException {
        Path file = write(" {\"a\": [1, -2.5e1, true, false, null], \"b\\u00e4\\n\\\"\": {}, \"c\": []}\n");

        assertThat(JsonReader.read(file))
                .isEqualTo(
                        Map.of("a", Arrays.asList(1.0, -25.0, true, false, null), "bä\n\"", Map.of(), "c", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,",
                "[1,]",
                "{\"a\" 1}",
                "{\"a\":1,\"a\":2}",
                "[1] 2",
                "nul",
                "[NaN]",
                "\"\\u12\"",
                "\"open",
                "[1 2]",
                "{a:1}"
            })
    void whatIsNoJsonIsRefused(String text) throws IOException {
        Path file = write("\n" + text);

        assertThatThrownBy(() -> JsonReader.read(file))
                .isInstanceOf(NumClipException.class)
                .hasMessageStartingWith(file + ":2: ");
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        Path file = write("[".repeat(100_000));

        assertThatThrownBy(() -> JsonReader.read(file)).hasMessageEndingWith("more than 64 nested levels");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("list.json"), text);
    }

    @Test
    void aListInAnotherEncodingIsRefusedByItsName() throws IOException {
        Path file = Files.write(folder.resolve("list.json"), new byte[] {'"', (byte) 0xe9, '"'});

        assertThatThrownBy(() -> JsonReader.read(file))
                .isInstanceOfSatisfying(NumClipException.class, e -> {
                    assertThat(e.kind()).isEqualTo(NumClipException.Kind.DATA);
                    assertThat(e.fix()).isEqualTo("save it as UTF-8");
                })
                .hasMessage(file + ": the file is not UTF-8 text");
    }
}
