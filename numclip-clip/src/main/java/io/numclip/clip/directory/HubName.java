package io.numclip.clip.directory;

import io.numclip.data.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a model on the Hugging Face hub, written where a directory is expected. */
final class HubName {

    private static final String PART = "[A-Za-z0-9_][A-Za-z0-9._-]*";
    private static final Pattern NAME = Pattern.compile("(?:hf:)?(" + PART + ")/(" + PART + ")(@[A-Za-z0-9._-]+)?");

    private HubName() {}

    /**
     * How to download it, if it looks like one: {@code owner/name}, and no folder of the owner is there. Settings are
     * made absolute before they are read, so the last two names count.
     *
     * @return a sentence with a space at the end, or nothing
     */
    static String hint(Path path) {
        Path parent = path.getParent();
        if (parent == null || parent.getFileName() == null || Files.exists(parent)) {
            return "";
        }
        Matcher name = NAME.matcher(parent.getFileName() + "/" + path.getFileName());
        if (!name.matches()) {
            return "";
        }
        String revision = name.group(3) == null ? "" : name.group(3);
        return ("If it is a model of the Hugging Face hub, download it: %s pull hf:%s/%s%s %s, and name that folder; '%s pull'"
                        + " lists models to choose from. ")
                .formatted(Invocation.NAME, name.group(1), name.group(2), revision, name.group(2), Invocation.NAME);
    }
}
