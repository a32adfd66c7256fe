package io.numclip.runner.inputs;

import io.numclip.data.ImageRegion;
import io.numclip.data.ImageSource;
import io.numclip.data.Region;
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
 * @param region of the file's picture that is the image; null: the whole picture
 */
public record InputImage(
        String name,
        Path file,
        Map<String, Object> columns,
        @Nullable String problem,
        @Nullable ImageRegion region) {

    /** A whole picture. */
    public InputImage(String name, Path file, Map<String, Object> columns, @Nullable String problem) {
        this(name, file, columns, problem, null);
    }

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

    /**
     * The region of the picture that its columns name, if they do.
     *
     * @param place of the entry, such as {@code list.csv:17}
     */
    InputImage cut(String place) {
        if (problem != null) {
            return this;
        }
        try {
            return Region.read(columns)
                    .map(named -> new InputImage(name, file, columns, null, new ImageRegion(file, named, place)))
                    .orElse(this);
        } catch (IllegalArgumentException e) {
            return unusable(name, columns, place + ": " + e.getMessage());
        }
    }

    /** The image for a command that makes no use of what a list says, and has all images in memory. */
    InputImage withoutColumns() {
        return new InputImage(name, file, Map.of(), problem, region);
    }

    /** The image as a model takes it: the file, a region of it, or something that says why there is none. */
    public Object image() {
        if (problem != null) {
            return new Unusable(problem);
        }
        return region == null ? file : region;
    }

    /** The name, with the region behind it if there is one. */
    public String shown() {
        return region == null ? name : region.region().in(name);
    }

    /** Text that changes if the entry does, or the file behind it. */
    public String fingerprint() {
        return shown() + '\n' + columns + '\n' + (problem == null ? state() : problem);
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
