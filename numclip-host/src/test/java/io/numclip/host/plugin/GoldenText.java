package io.numclip.host.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts for users, kept in files: a changed message shows in the diff and is read by a person. */
final class GoldenText {

    private static final Path FOLDER = Path.of("src/test/resources/errors/plugins");

    private GoldenText() {}

    /** Run with {@code -Dgolden.write=true} to write the file anew. */
    static void assertEqualsFile(String name, String text) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, text + "\n");
        }
        assertThat(text + "\n").isEqualTo(Files.readString(file));
    }
}
