package io.numclip.dataset;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.image.ImageNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds images in a folder per label; where there is a folder named {@code train}, below a folder per split. */
final class ImageFolder {

    private static final Logger LOGGER = LoggerFactory.getLogger(ImageFolder.class);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");
    private static final Map<String, Split> SPLIT_FOLDERS =
            Map.of("train", Split.TRAIN, "validation", Split.VALIDATION, "val", Split.VALIDATION, "test", Split.TEST);

    private final LabelScale scale;
    private final TaskData data;
    private final Path root;
    private int ignored;

    ImageFolder(TaskData data, LabelScale scale) {
        if (data.root().isBlank()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "task.data.root is empty; format folder needs a folder of label folders",
                    "set task.data.root=FOLDER");
        }
        this.scale = scale;
        this.data = data;
        this.root = Path.of(data.root()).toAbsolutePath().normalize();
    }

    ImageListing read() throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NumClipException(
                    Kind.MISSING, root + ": no such folder", "set task.data.root to the folder of label folders");
        }
        boolean named = Files.isDirectory(root.resolve("train"));
        ImageListing listing = new ImageListing(
                data,
                scale,
                root.toString(),
                root,
                wording(
                        named
                                ? "add folders train, validation and test, each with a folder per label"
                                : "raise task.data.validation or task.data.test, or sort the images into train, validation and test"));
        if (named) {
            for (Path folder : folders(root)) {
                Split split = SPLIT_FOLDERS.get(name(folder));
                if (split == null) {
                    listing.problem(folder.toString(), "expected only folders train, validation (or val) and test");
                } else {
                    readLabels(folder, split, listing);
                }
            }
        } else {
            readLabels(root, null, listing);
        }
        if (ignored > 0) {
            LOGGER.info("{}: left out {} files that are not called like an image", root, ignored);
        }
        return listing;
    }

    private static ImageListing.Wording wording(String fixForEmptySplit) {
        return new ImageListing.Wording(
                "folders",
                "name each folder after the label of its images",
                fixForEmptySplit,
                "put images (JPEG, PNG, GIF or BMP) into folders that are named after their labels");
    }

    private void readLabels(Path parent, @Nullable Split split, ImageListing listing) throws IOException {
        record LabelFolder(Path path, double label) {}
        List<LabelFolder> labels = new ArrayList<>();
        for (Path folder : folders(parent)) {
            if (!NUMBER.matcher(name(folder)).matches()) {
                listing.problem(folder.toString(), "the name is not a number");
            } else {
                double label = Double.parseDouble(name(folder));
                scale.problem(label)
                        .ifPresentOrElse(
                                problem -> listing.problem(folder.toString(), problem),
                                () -> labels.add(new LabelFolder(folder, label)));
            }
        }
        labels.sort(Comparator.comparingDouble(LabelFolder::label));
        for (LabelFolder folder : labels) {
            readImages(folder.path(), folder.label(), split, listing);
        }
    }

    private void readImages(Path folder, double label, @Nullable Split split, ImageListing listing) throws IOException {
        for (Path file : entries(folder)) {
            if (!ImageNames.isImage(name(file))) {
                ignored++;
                continue;
            }
            String name = root.relativize(file).toString().replace('\\', '/');
            if (split == null) {
                listing.add(folder.toString(), name, label, Map.of());
            } else {
                listing.add(folder.toString(), name, label, Map.of(), split);
            }
        }
    }

    private List<Path> folders(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path entry : entries(parent)) {
            if (Files.isDirectory(entry)) {
                folders.add(entry);
            } else {
                ignored++;
            }
        }
        return folders;
    }

    /** The entries of a folder without hidden ones, sorted by name. */
    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> !name(entry).startsWith("."))
                    .sorted(Comparator.comparing(ImageFolder::name))
                    .toList();
        }
    }

    private static String name(Path path) {
        return path.getFileName().toString();
    }
}
