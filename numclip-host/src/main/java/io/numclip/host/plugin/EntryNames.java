package io.numclip.host.plugin;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of archive entries that may become files: inside the folder, short, and each a file of its own everywhere. */
final class EntryNames {

    private static final int LONGEST = 200;
    private static final Pattern LEAVES_FOLDER = Pattern.compile("/.*|[A-Za-z]:.*|(.*/)?\\.\\.?(/.*)?|.*//.*|.*\\\\.*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String FIX = "build the plugin again with the jar tool or Maven";

    private final Set<String> seen = new HashSet<>();

    /** @return the name, checked, without the slash that ends a folder's */
    String checked(String entry) {
        String name = entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
        if (name.length() > LONGEST) {
            throw refused(entry, "has a path of more than " + LONGEST + " letters");
        }
        if (name.isEmpty()
                || CONTROL.matcher(name).find()
                || LEAVES_FOLDER.matcher(name).matches()) {
            throw refused(entry, "does not name a file inside the plugin");
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            throw refused(entry, "stands twice, if upper and lower case are the same");
        }
        return name;
    }

    static PluginRefusedException refused(String entry, String problem) {
        String printable = CONTROL.matcher(entry).replaceAll("?");
        String cut = printable.length() > 60 ? printable.substring(0, 60) + "…" : printable;
        return new PluginRefusedException("entry \"" + cut + "\" " + problem, FIX);
    }
}
