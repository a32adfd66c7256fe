package io.numclip.runner.inputs;

import io.numclip.host.message.PlainText;
import io.numclip.image.ImageNames;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Counts what a folder holds besides images, and the folders in it that cannot be read. */
final class LeftOut {

    private static final int SHOWN = 5;

    private final String named;
    private final Path folder;
    private final Map<String, Integer> endings = new TreeMap<>();
    private final List<String> noFiles = new ArrayList<>();
    private final Set<Path> unread;
    private final List<String> unreadHere = new ArrayList<>();
    private int unreadCount;
    private int others;
    private int noFileCount;

    /**
     * @param named as the user named it
     * @param folder that is looked into
     * @param unread gets the folders that cannot be read
     */
    LeftOut(String named, Path folder, Set<Path> unread) {
        this.named = named;
        this.unread = unread;
        this.folder = folder;
    }

    void other(Path file) {
        others++;
        String ending = ImageNames.ending(file.getFileName().toString());
        endings.merge(ending.isEmpty() ? "without an ending" : "." + ending, 1, Integer::sum);
    }

    void noFile(Path entry) {
        noFileCount++;
        if (noFiles.size() < SHOWN) {
            noFiles.add(folder.relativize(entry).toString());
        }
    }

    void unreadFolder(Path entry, IOException why) {
        unread.add(entry);
        unreadCount++;
        if (unreadHere.size() < SHOWN) {
            unreadHere.add(folder.relativize(entry) + " (" + reason(why) + ")");
        }
    }

    private static String reason(IOException why) {
        if (why instanceof AccessDeniedException) {
            return "no permission";
        }
        return why instanceof NoSuchFileException ? "gone" : String.valueOf(why.getMessage());
    }

    void tell(Consumer<String> notices) {
        if (others > 0) {
            notices.accept(named + ": left out " + PlainText.counted(others, "file that is", "files that are")
                    + " not called like an image: " + endings());
        }
        if (noFileCount > 0) {
            notices.accept(named + ": left out " + noFileCount
                    + " that are no files (pipes, links that lead nowhere or to a folder): "
                    + list(noFiles, noFileCount));
        }
        if (unreadCount > 0) {
            notices.accept(named + ": left out " + PlainText.counted(unreadCount, "folder")
                    + " that cannot be read: "
                    + list(unreadHere, unreadCount));
        }
    }

    private static String list(List<String> shown, int count) {
        return String.join(", ", shown) + (count > shown.size() ? " and " + (count - shown.size()) + " more" : "");
    }

    private String endings() {
        String most = endings.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .map(each -> each.getValue() + " " + each.getKey())
                .collect(Collectors.joining(", "));
        return most + (endings.size() > SHOWN ? ", ..." : "");
    }
}
