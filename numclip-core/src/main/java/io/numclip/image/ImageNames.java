package io.numclip.image;

import java.util.List;
import java.util.Locale;

/** What the names of files say of their content. What is read is decided by the content; see {@link ImageDecoder}. */
public final class ImageNames {

    private static final List<String> ENDINGS = List.of("jpg", "jpeg", "png", "gif", "bmp");

    private ImageNames() {}

    /** Whether a file is called like an image that can be read. */
    public static boolean isImage(String name) {
        return ENDINGS.contains(ending(name));
    }

    /** In small letters, without the point; empty if the name has none. */
    public static String ending(String name) {
        int point = name.lastIndexOf('.');
        return point <= 0 ? "" : name.substring(point + 1).toLowerCase(Locale.ROOT);
    }
}
