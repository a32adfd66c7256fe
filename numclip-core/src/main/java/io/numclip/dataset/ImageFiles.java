package io.numclip.dataset;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.image.ImageNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the files of data sets that keep their labels in the names of files or folders. */
public final class ImageFiles {

    private static final Logger LOGGER = LoggerFactory.getLogger(ImageFiles.class);
    private static final int DEPTH = 4;

    private ImageFiles() {}

    /**
     * The images below a folder, as sorted paths relative to it, with {@code /}; hidden files are skipped.
     *
     * @throws NumClipException if there is no such folder, or a symbolic link leads back to a folder above it
     */
    public static List<String> below(Path folder) throws IOException {
        requireFolder(folder);
        try (Stream<Path> entries = Files.walk(folder, DEPTH, FileVisitOption.FOLLOW_LINKS)) {
            List<String> named = entries.filter(entry -> !Files.isDirectory(entry))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> ImageNames.isImage(fileName(path)))
                    .filter(path -> !path.startsWith(".") && !path.contains("/."))
                    .sorted()
                    .toList();
            Map<Boolean, List<String>> images = named.stream()
                    .collect(Collectors.partitioningBy(path -> Files.isRegularFile(folder.resolve(path))));
            List<String> others = Objects.requireNonNull(images.get(false));
            if (!others.isEmpty()) {
                LOGGER.warn("{}: left out {} that are no files, such as {}", folder, others.size(), others.get(0));
            }
            return Objects.requireNonNull(images.get(true));
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileSystemLoopException loop) {
                throw new NumClipException(
                        Kind.DATA,
                        loop.getMessage() + ": a symbolic link leads back to a folder above it",
                        "remove the link",
                        e);
            }
            throw e.getCause();
        }
    }

    /** The folder {@code task.data.root}. */
    public static Path root(TaskData data) {
        if (data.root().isBlank()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "task.data.root is empty; format " + data.format() + " needs the folder of the data set",
                    "set task.data.root=FOLDER");
        }
        Path root = Path.of(data.root()).toAbsolutePath().normalize();
        requireFolder(root);
        return root;
    }

    /** The first of these folders that exists below the root; the root itself if none does. */
    public static Path first(Path root, List<String> folders) {
        return folders.stream()
                .map(root::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(root);
    }

    /** The last part of a path with {@code /}. */
    public static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void requireFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new NumClipException(
                    Kind.MISSING, folder + ": no such folder", "set task.data.root to the folder of the data set");
        }
    }
}
