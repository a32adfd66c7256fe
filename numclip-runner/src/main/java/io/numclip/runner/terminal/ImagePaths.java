package io.numclip.runner.terminal;

import io.numclip.data.NumClipException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The images that the paths of a command line name; a folder stands for all images in it. */
public final class ImagePaths {

    private ImagePaths() {}

    /** A path that does not exist stays in the list and fails when it is read. */
    public static List<Path> find(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(inFolder(path));
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

    private static List<Path> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(ImagePaths::hasImageName)
                    .sorted()
                    .toList();
        }
    }

    private static boolean hasImageName(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
    }
}
