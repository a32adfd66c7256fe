package io.numclip.runner.inputs;

import io.numclip.data.ImageSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image that the user has named.
 *
 * @param name as it was named
 * @param columns what else a list says of it, in the order of the list
 * @param problem why the entry of the list cannot be used; null where it can
 */
public record InputImage(
        String name,
        Path file,
        Map<String, Object> columns,
        @Nullable String problem) {

    public static InputImage of(Path file) {
        return of(file.toString(), file, Map.of());
    }

    /** A name that is not UTF-8 has U+FFFD as text, and no file is found by that. */
    static InputImage of(String name, Path file, Map<String, Object> columns) {
        return name.indexOf('\ufffd') >= 0 && !file.toFile().exists()
                ? unusable(name, columns, "the name is not UTF-8; rename the file, and save a list as UTF-8")
                : new InputImage(name, file, columns, null);
    }

    static InputImage unusable(String name, Map<String, Object> columns, String problem) {
        return new InputImage(name, Path.of(""), columns, problem);
    }

    /** The image for a command that makes no use of what a list says, and has all images in memory. */
    InputImage withoutColumns() {
        return new InputImage(name, file, Map.of(), problem);
    }

    /** The image as a model takes it: the file, or something that says why there is none. */
    public Object image() {
        String why = problem;
        return why == null ? file : new Unusable(why);
    }

    /** Text that changes if the entry does, or the file behind it. */
    public String fingerprint() {
        return name + '\n' + columns + '\n' + (problem == null ? state() : problem);
    }

    private String state() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.size() + " bytes of " + attributes.lastModifiedTime();
        } catch (IOException e) {
            return "no such file";
        }
    }

    private record Unusable(String problem) implements ImageSource {

        @Override
        public BufferedImage read() throws IOException {
            throw new IOException(problem);
        }

        @Override
        public String fingerprint() {
            return problem;
        }
    }
}
