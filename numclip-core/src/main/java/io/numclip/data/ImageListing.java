package io.numclip.data;

import io.numclip.data.NumClipException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images of a user, split by split, while they are being found. */
public final class ImageListing {

    private static final Logger LOGGER = LoggerFactory.getLogger(ImageListing.class);

    /** An image that was found. */
    private record Found(String place, Split split) {}

    private final String origin;
    private final String fixForEmptySplit;
    private final DataProblems missing = new DataProblems();
    private final Map<Split, List<LabeledImage>> images = new EnumMap<>(Split.class);
    private final Map<Path, Found> found = new HashMap<>();
    private int repeated;

    /** @param origin the list or folder, for messages */
    ImageListing(String origin, String fixForEmptySplit) {
        this.origin = origin;
        this.fixForEmptySplit = fixForEmptySplit;
    }

    /**
     * Adds an image.
     *
     * @param place where it was found, such as {@code train.csv:17}
     * @param file absolute and without {@code ..}
     */
    void add(String place, Path file, Split split, LabeledImage image, DataProblems problems) {
        Found before = found.putIfAbsent(file, new Found(place, split));
        if (before == null) {
            if (!Files.isRegularFile(file)) {
                missing.add(place + ": there is no file " + image.name());
            }
            of(split).add(image);
        } else if (before.split() == split) {
            repeated++;
            String name = image.name() + " (" + place + ")";
            of(split).add(new LabeledImage(name, image.source(), image.label(), image.attributes()));
        } else {
            problems.add(place + ": " + image.name() + " is for " + split + ", but for " + before.split() + " at "
                    + before.place());
        }
    }

    /** Fails if listed files are not there. */
    void requireFiles(Path root) {
        missing.throwIfAny(
                Kind.MISSING,
                "of " + found.size() + " images of " + origin + " are not in " + root,
                "name the folder that the paths are relative to as task.data.root; it is " + root + " now");
        if (repeated > 0) {
            LOGGER.warn("{}: {} images are listed more than once and count each time", origin, repeated);
        }
    }

    List<String> folds() {
        return List.of();
    }

    void finish() {}

    List<LabeledImage> images(Split split, String fold) {
        throw new IllegalArgumentException("no fold '" + fold + "'");
    }

    List<LabeledImage> images(Split split) {
        List<LabeledImage> list = of(split);
        if (list.isEmpty()) {
            throw new NumClipException(
                    Kind.DATA, origin + ": no images for " + split + " among " + found.size(), fixForEmptySplit);
        }
        return List.copyOf(list);
    }

    /** The images of a split, none or more. */
    List<LabeledImage> found(Split split) {
        return List.copyOf(of(split));
    }

    private List<LabeledImage> of(Split split) {
        return images.computeIfAbsent(split, key -> new ArrayList<>());
    }
}
