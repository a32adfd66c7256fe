package io.numclip.runner.inputs;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How lists of images are read.
 *
 * @param column that names the images; null: the first of {@link #COLUMNS} that the list has
 * @param root folder that the names are relative to; null: the folder of the list
 */
public record ListOptions(@Nullable String column, @Nullable Path root) {

    static final List<String> COLUMNS = List.of("file", "image");

    /** The options when names are taken as they are written. */
    public static ListOptions usual() {
        return new ListOptions(null, null);
    }
}
