package io.numclip.image;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What the names of files say of their content. What is read is decided by the content; see {@link ImageDecoder}. */
public final class ImageNames {

    private static final List<String> ENDINGS = List.of("jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff");

    private static final Pattern SPACES = Pattern.compile("^[\\s\\p{Z}\\p{C}]+|[\\s\\p{Z}\\p{C}]+$");

    private ImageNames() {}

    /** Whether a file is called like an image that can be read. */
    public static boolean isImage(String name) {
        return ENDINGS.contains(ending(name));
    }

    /**
     * What to add where no file has a name, such as {@code ; there is 'a.png', without the space around it}.
     *
     * @return empty if no file is called like the name without spaces and invisible characters around it
     */
    public static String withoutSpaces(String name, Predicate<String> isFile) {
        String bare = SPACES.matcher(name).replaceAll("");
        boolean other = !bare.isEmpty() && !bare.equals(name) && isFile.test(bare);
        return other ? "; there is '" + bare + "', without what looks like a space around it" : "";
    }

    /** In small letters, without the point; empty if the name has none. */
    public static String ending(String name) {
        int point = name.lastIndexOf('.');
        return point <= 0 ? "" : name.substring(point + 1).toLowerCase(Locale.ROOT);
    }
}
