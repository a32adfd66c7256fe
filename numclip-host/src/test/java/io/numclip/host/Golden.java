package io.numclip.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts for users, kept in files: a changed message shows in the diff and is read by a person. */
public final class Golden {

    private static final Path RESOURCES = Path.of("src/test/resources");

    private Golden() {}

    /** Run with {@code -Dgolden.write=true} to write the file anew. */
    public static void assertEqualsFile(String name, String text) throws IOException {
        Path file = RESOURCES.resolve(name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text.strip() + "\n");
        }
        assertThat(text.strip() + "\n").isEqualTo(Files.readString(file));
    }
}
