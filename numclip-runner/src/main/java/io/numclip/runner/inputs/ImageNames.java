package io.numclip.runner.inputs;

import java.util.List;
import java.util.Locale;

/** What the names of files say of their content. */
final class ImageNames {

    private static final List<String> ENDINGS = List.of("jpg", "jpeg", "png", "gif", "bmp");

    private ImageNames() {}

    static boolean isImage(String name) {
        return ENDINGS.contains(ending(name));
    }

    /** In small letters, without the point; empty if the name has none. */
    static String ending(String name) {
        int point = name.lastIndexOf('.');
        return point <= 0 ? "" : name.substring(point + 1).toLowerCase(Locale.ROOT);
    }
}
