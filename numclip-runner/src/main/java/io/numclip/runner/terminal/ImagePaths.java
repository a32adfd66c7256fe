package io.numclip.runner.terminal;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The images that the paths of a command line name; a folder stands for all images in it. */
public final class ImagePaths {

    private static final int SHOWN = 5;

    private ImagePaths() {}

    /**
     * A path that does not exist stays in the list and fails when it is read.
     *
     * @param notices told what looks like an image in a folder and is left out
     */
    public static List<Path> find(List<Path> paths, Consumer<String> notices) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path, notices));
            } else {
                files.add(path);
            }
        }
        if (files.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.MISSING,
                    "no image in " + paths,
                    "name JPEG or PNG files, or folders that contain some");
        }
        return files;
    }

    private static List<Path> inFolder(Path folder, Consumer<String> notices) throws IOException {
        List<Path> images = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted().toList()) {
                if (Files.isRegularFile(entry)) {
                    if (hasImageName(entry)) {
                        images.add(entry);
                    }
                } else if (isLeftOut(folder, entry)) {
                    others.add(entry);
                }
            }
        }
        if (!others.isEmpty()) {
            notices.accept(leftOut(folder, others));
        }
        return images;
    }

    /** A pipe or dead link with the name of an image, or a link to a folder, which is not searched. */
    private static boolean isLeftOut(Path folder, Path entry) {
        boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) || entry.equals(folder);
        return !isFolder && (hasImageName(entry) || Files.isDirectory(entry));
    }

    private static String leftOut(Path folder, List<Path> others) {
        String first = others.stream()
                .limit(SHOWN)
                .map(other -> folder.relativize(other).toString())
                .collect(Collectors.joining(", "));
        String more = others.size() > SHOWN ? " and " + (others.size() - SHOWN) + " more" : "";
        return folder + ": left out " + others.size()
                + " that are no files (pipes, links that lead nowhere or to a folder): " + first + more;
    }

    private static boolean hasImageName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }
}
