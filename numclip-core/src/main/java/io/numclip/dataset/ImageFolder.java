package io.numclip.dataset;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.image.ImageNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds images in a folder per label; where there is a folder named {@code train}, below a folder per split. */
final class ImageFolder {

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?");
    private static final Map<String, Split> SPLIT_FOLDERS =
            Map.of("train", Split.TRAIN, "validation", Split.VALIDATION, "val", Split.VALIDATION, "test", Split.TEST);

    private static final String NO_IMAGE = "they are not called like an image (JPEG, PNG, GIF, BMP, WebP or TIFF)";
    private static final String BESIDE = "they lie beside the folders that are read";
    private static final String DEEPER = "they lie in a folder inside that of a label";

    private final LabelScale scale;
    private final TaskData data;
    private final Path root;

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
            for (Path folder : folders(root, listing)) {
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
        return listing;
    }

    private static ImageListing.Wording wording(String fixForEmptySplit) {
        return new ImageListing.Wording(
                "folders",
                true,
                "name each folder after the label of its images",
                fixForEmptySplit,
                "put images (JPEG, PNG, GIF, BMP, WebP or TIFF) into folders that are named after their labels");
    }

    private void readLabels(Path parent, @Nullable Split split, ImageListing listing) throws IOException {
        record LabelFolder(Path path, double label, List<Path> images) {}
        List<LabelFolder> labels = new ArrayList<>();
        for (Path folder : folders(parent, listing)) {
            if (!NUMBER.matcher(name(folder)).matches()) {
                listing.problem(folder.toString(), "the name is not a number");
                continue;
            }
            LabelFolder found = new LabelFolder(folder, Double.parseDouble(name(folder)), images(folder, listing));
            Optional<String> problem = scale.problem(found.label());
            if (problem.isPresent() && !found.images().isEmpty()) {
                listing.problem(folder.toString(), problem.get());
            } else {
                labels.add(found);
            }
        }
        labels.sort(Comparator.comparingDouble(LabelFolder::label));
        labels.forEach(folder -> folder.images()
                .forEach(image -> add(folder.path().toString(), belowRoot(image), folder.label(), split, listing)));
    }

    private static void add(String place, String image, double label, @Nullable Split split, ImageListing listing) {
        if (split == null) {
            listing.add(place, image, label, Map.of());
        } else {
            listing.add(place, image, label, Map.of(), split);
        }
    }

    private List<Path> images(Path folder, ImageListing listing) throws IOException {
        List<Path> images = new ArrayList<>();
        for (Path entry : entries(folder)) {
            if (Files.isDirectory(entry)) {
                leaveOut(DEEPER, entry, listing);
            } else if (ImageNames.isImage(name(entry))) {
                images.add(entry);
            } else {
                leaveOut(NO_IMAGE, entry, listing);
            }
        }
        return images;
    }

    private List<Path> folders(Path parent, ImageListing listing) throws IOException {
        List<Path> folders = new ArrayList<>();
        for (Path entry : entries(parent)) {
            if (Files.isDirectory(entry)) {
                folders.add(entry);
            } else {
                leaveOut(ImageNames.isImage(name(entry)) ? BESIDE : NO_IMAGE, entry, listing);
            }
        }
        return folders;
    }

    /** Of a folder, all files in it; a link is not followed. */
    private void leaveOut(String reason, Path entry, ImageListing listing) throws IOException {
        if (!Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            listing.leaveOut(reason, belowRoot(entry));
            return;
        }
        for (Path inside : entries(entry)) {
            leaveOut(reason, inside, listing);
        }
    }

    private String belowRoot(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
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
