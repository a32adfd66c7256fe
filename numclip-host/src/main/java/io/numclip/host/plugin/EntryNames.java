package io.numclip.host.plugin;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks that entries of an archive can become files: inside the folder, short, unique even where case is ignored. */
final class EntryNames {

    private static final int LONGEST = 200;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final String FIX = "build the plugin again with the jar tool or Maven";

    private final Set<String> seen = new HashSet<>();

    /** @return the checked name, without the slash at the end of a folder's name */
    String checked(String entry) {
        String name = entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
        if (name.length() > LONGEST) {
            throw refused(entry, "has a path of more than " + LONGEST + " characters");
        }
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl) || leavesFolder(name)) {
            throw refused(entry, "does not name a file inside the plugin");
        }
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            throw refused(entry, "appears twice if upper and lower case are the same");
        }
        return name;
    }

    /** Does without patterns: it is asked for every entry at every start. */
    private static boolean leavesFolder(String name) {
        String path = "/" + name + "/";
        boolean drive = name.length() > 1 && name.charAt(1) == ':' && Character.isLetter(name.charAt(0));
        return drive || path.contains("//") || path.contains("/./") || path.contains("/../") || path.indexOf('\\') >= 0;
    }

    static PluginRefusedException refused(String entry, String problem) {
        String printable = CONTROL.matcher(entry).replaceAll("?");
        String cut = printable.length() > 60 ? printable.substring(0, 60) + "…" : printable;
        return new PluginRefusedException("entry \"" + cut + "\" " + problem, FIX);
    }
}
