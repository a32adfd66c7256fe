package io.numclip.runner.inputs;

import io.numclip.image.ImageNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Counts what a folder holds besides images. */
final class LeftOut {

    private static final int SHOWN = 5;

    private final String named;
    private final Path folder;
    private final Map<String, Integer> endings = new TreeMap<>();
    private final List<String> noFiles = new ArrayList<>();
    private int others;
    private int noFileCount;

    /**
     * @param named as the user named it
     * @param folder that is looked into
     */
    LeftOut(String named, Path folder) {
        this.named = named;
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

    void tell(Consumer<String> notices) {
        if (others > 0) {
            notices.accept(named + ": left out " + others + (others == 1 ? " file that is" : " files that are")
                    + " not called like an image: " + endings());
        }
        if (noFileCount > 0) {
            notices.accept(named + ": left out " + noFileCount
                    + " that are no files (pipes, links that lead nowhere or to a folder): "
                    + String.join(", ", noFiles)
                    + (noFileCount > noFiles.size() ? " and " + (noFileCount - noFiles.size()) + " more" : ""));
        }
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
