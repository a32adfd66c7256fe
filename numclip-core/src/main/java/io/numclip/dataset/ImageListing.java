package io.numclip.dataset;

import io.numclip.data.EmptySplitException;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Region;
import io.numclip.data.Split;
import io.numclip.image.ImageDecoder;
import io.numclip.image.ImageFile;
import io.numclip.image.ImageNames;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The images of a data set while a {@link DataLayout} finds them, and how they are divided into folds and splits.
 *
 * <p>An image may come with the split that the owner gives it, with a split for each fold, or with none. Images without
 * one are split at random by the seed, all images of a {@link LabeledImage#SUBJECT} together; if no image comes with one,
 * so that no split is empty where there are three subjects. {@link #holdOut} and {@link #randomFolds} make folds instead.
 * Where a fold or the owner's lists have no validation images, a share of the training images is taken, again by subject,
 * so that validation and test never share an image.
 */
public final class ImageListing {

    private static final int REGIONS_SHOWN = 30;
    private static final String FIX_FOR_LINKS = "put copies of the files in the places of the links";

    /**
     * The words of messages about a data set.
     *
     * @param items what the places are, where something is found
     * @param onePerPlace whether a place holds several images
     */
    record Wording(String items, boolean onePerPlace, String fix, String fixForEmptySplit, String fixForNone) {}

    private static final Wording WORDING = new Wording(
            "entries",
            false,
            "correct these entries, or remove them",
            "check that every list of the data set is present, or raise task.data.validation or task.data.test",
            "check that the data set is complete");

    private final LabelScale scale;
    private final String origin;
    private final RootFolder root;
    private final Wording wording;
    private final SplitShares shares;
    private FoldRule rule;
    private final DataProblems problems;
    private final DataProblems missing = new DataProblems(false);
    private final List<ListedImage> images = new ArrayList<>();
    private final Map<ImageFile, ListedImage> found = new HashMap<>();
    private Map<Path, Dimension> lastSize = Map.of(); // lists name the regions of a picture one after the other
    private final DataNotices notices;
    private final Map<String, Map<Split, List<LabeledImage>>> splitsByFold = new HashMap<>();

    /**
     * @param scale labels outside it are rejected
     * @param origin the list or folder, for messages
     * @param root folder that paths are relative to
     */
    public ImageListing(TaskData data, LabelScale scale, String origin, Path root) {
        this(data, scale, origin, root, WORDING);
    }

    ImageListing(TaskData data, LabelScale scale, String origin, Path root, Wording wording) {
        this.scale = scale;
        this.origin = origin;
        this.root = new RootFolder(root, data);
        this.wording = wording;
        this.problems = new DataProblems(wording.onePerPlace());
        this.notices = new DataNotices(origin);
        this.shares = new SplitShares(data.seed(), data.validation(), data.test());
        this.rule = new ListedFolds(shares);
    }

    /**
     * Adds an image to which the owner gives no split.
     *
     * @param place where it was found, such as {@code train.csv:17}
     * @param path below the root, as the list writes it
     */
    public void add(String place, String path, double label, Map<String, String> attributes) {
        listed(place, path, null, label, attributes).ifPresent(image -> repeat(image, null));
    }

    /** Adds an image of one split of a data set without folds. */
    public void add(String place, String path, double label, Map<String, String> attributes, Split split) {
        listed(place, path, null, label, attributes).ifPresent(image -> repeat(image, split));
    }

    /**
     * Adds a region of a picture as an image of its own; the header of the file is read. All regions of a picture are of one
     * subject where none is named.
     *
     * @param split that the owner gives it; null: none
     */
    public void add(
            String place,
            String path,
            Region region,
            double label,
            Map<String, String> attributes,
            @Nullable Split split) {
        listed(place, path, region, label, attributes).ifPresent(image -> repeat(image, split));
    }

    /**
     * Adds an image of one split of one fold; the same image may be in other splits in other folds. It keeps the label
     * that it has first.
     */
    public void add(String place, String path, double label, Map<String, String> attributes, String fold, Split split) {
        listed(place, path, null, label, attributes).ifPresent(image -> {
            ListedImage known = found.computeIfAbsent(image.file(), file -> {
                images.add(image);
                return image;
            });
            if (known.image().label() != label) {
                notices.contradict(place);
            }
            Split before = known.parts().putIfAbsent(fold, split);
            if (before == split) {
                notices.drop(place);
            } else if (before != null) {
                problem(
                        place,
                        path + " is in " + split + " of fold " + fold + ", but in " + before + " at " + known.place());
            }
        });
    }

    /** Adds an entry that cannot be used; all are reported at once when the data set has been read. */
    public void problem(String place, String what) {
        problems.add(place, what, wording.fix());
    }

    /** Counts an image that is left out for a reason that is not an error, such as {@code no age is known}. */
    public void leaveOut(String reason) {
        notices.leaveOut(reason);
    }

    /** Counts a file that is left out for a reason that is not an error, such as {@code it has no label}. */
    void leaveOut(String reason, String file) {
        notices.leaveOut(reason, file);
    }

    /** Compares a size with the published one; a difference is reported to the user. */
    public void expect(String what, int official, long here) {
        notices.expect(what, official, here);
    }

    /** Makes a fold for each value of an attribute, named after it: the images with this value are its test images. */
    public void holdOut(String attribute) {
        rule = new HeldOutFolds(attribute);
    }

    /** Makes random folds, each with these numbers of images of every label; see {@link RandomFolds}. */
    public void randomFolds(int count, int train, int validation, int test, long seed) {
        RandomFolds random = new RandomFolds(count, train, validation, test, seed);
        Map<Double, Integer> byLabel = new LinkedHashMap<>();
        images.forEach(image -> byLabel.merge(image.image().label(), 1, Integer::sum));
        byLabel.forEach((label, here) -> expect("images with the label " + label, random.perLabel(), here));
        rule = random;
    }

    /** How many images have been found. */
    public int size() {
        return images.size();
    }

    /** How many images have this value of the attribute. */
    public long count(String attribute, String value) {
        return images.stream()
                .filter(image -> value.equals(image.image().attributes().get(attribute)))
                .count();
    }

    /** What a user should know: images left out, listed twice or with two labels, and sizes that differ from the owner's. */
    public List<String> notices() {
        return notices.sentences();
    }

    /** Refuses a list of the data set that a symbolic link leads out to. */
    void requireInside(Path list) {
        root.requireInside(list);
    }

    /** Fails if an entry cannot be used, or if listed files are missing. */
    void finish() {
        problems.throwIfAny(Kind.DATA, wording.items() + " of " + origin + " cannot be used");
        missing.throwIfAny(Kind.MISSING, "of " + found.size() + " images of " + origin + " are not in " + root.path());
    }

    List<String> folds() {
        return rule.folds(images);
    }

    /** The images by split as chance has it, possibly none; of the first fold where there are folds. */
    Map<Split, List<LabeledImage>> drawn() {
        return divided(rule.drawn(images, firstFold()));
    }

    List<LabeledImage> images(Split split) {
        return images(split, firstFold());
    }

    private String firstFold() {
        return folds().stream().findFirst().orElse(ListedImage.NO_FOLD);
    }

    List<LabeledImage> images(Split split, String fold) {
        List<LabeledImage> list = splits(fold).getOrDefault(split, List.of());
        if (images.isEmpty()) {
            throw new NumClipException(Kind.DATA, origin + ": no images found", wording.fixForNone());
        }
        if (list.isEmpty()) {
            String where = fold.isEmpty() ? "" : " in fold " + fold;
            throw new EmptySplitException(
                    origin + ": no images for " + split + where + " (images found: " + found.size() + ofSubjects()
                            + ")",
                    fixForEmptySplit(fold));
        }
        return List.copyOf(list);
    }

    private String ofSubjects() {
        long subjects = images.stream()
                .map(image -> image.image().attribute(LabeledImage.SUBJECT))
                .filter(subject -> !subject.isEmpty())
                .distinct()
                .count();
        return subjects == 0 ? "" : " of " + subjects + (subjects == 1 ? " subject" : " subjects");
    }

    private String fixForEmptySplit(String fold) {
        boolean isRandom = fold.isEmpty() && ListedFolds.isRandom(images);
        long groups = images.stream().map(ListedImage::group).distinct().count();
        return isRandom && groups < RandomSplit.FEWEST_GROUPS
                ? "add images: a random split, whatever task.data.seed is, needs " + RandomSplit.FEWEST_GROUPS
                        + " of different subjects"
                : wording.fixForEmptySplit();
    }

    private synchronized Map<Split, List<LabeledImage>> splits(String fold) {
        return splitsByFold.computeIfAbsent(fold, name -> divided(rule.parts(images, name)));
    }

    private Map<Split, List<LabeledImage>> divided(List<Optional<Split>> assigned) {
        List<Optional<Split>> parts = new ValidationShare(shares).complete(images, assigned);
        Map<Split, List<LabeledImage>> splits = new EnumMap<>(Split.class);
        for (int i = 0; i < parts.size(); i++) {
            LabeledImage image = images.get(i).image();
            parts.get(i)
                    .ifPresent(part -> splits.computeIfAbsent(part, key -> new ArrayList<>())
                            .add(image));
        }
        return splits;
    }

    private Optional<ListedImage> listed(
            String place, String path, @Nullable Region region, double label, Map<String, String> attributes) {
        Path file = root.path();
        try {
            file = file(path);
        } catch (InvalidPathException e) {
            problem(place, "not a valid path (" + e.getReason() + ")");
            return Optional.empty();
        }
        ImageFile image = new ImageFile(file, region);
        RootFolder.Entry entry = found.containsKey(image) ? RootFolder.Entry.FILE : root.entry(file);
        if (entry == RootFolder.Entry.OUTSIDE) {
            refuseOutside(place, path, file);
            return Optional.empty();
        }
        Optional<String> refusal = scale.problem(label);
        if (refusal.isPresent()) {
            problem(place, label + " is " + refusal.get());
            return Optional.empty();
        }
        if (entry == RootFolder.Entry.NO_FILE) {
            noFile(place, path);
        } else if (region != null && !fits(region, place, path, file)) {
            return Optional.empty();
        }
        String key = root.path().relativize(file).toString().replace('\\', '/');
        String name = region == null ? path : region.in(path);
        return Optional.of(new ListedImage(place, key, new LabeledImage(name, image, label, attributes)));
    }

    private void noFile(String place, String path) {
        missing.add(
                place,
                "there is no file " + path
                        + ImageNames.withoutSpaces(path, name -> root.entry(file(name)) == RootFolder.Entry.FILE),
                fixOfPaths());
    }

    private String fixOfPaths() {
        return "correct the paths, which are relative to " + root.path()
                + ", or set task.data.root to their folder (init: --root)";
    }

    private boolean fits(Region region, String place, String path, Path file) {
        try {
            if (!lastSize.containsKey(file)) {
                lastSize = Map.of(file, ImageDecoder.size(file));
            }
            Dimension size = Objects.requireNonNull(lastSize.get(file));
            region.requireIn(size.width, size.height);
        } catch (Region.OutsideException outside) {
            problemOfRegion(place, path + ": " + outside.getMessage());
            return false;
        } catch (IOException unreadable) {
            return true; // whoever needs the pixels says why
        }
        return true;
    }

    /** Adds an entry whose region is none; more of these are named than of others. */
    void problemOfRegion(String place, String what) {
        problems.add(place, what, wording.fix(), REGIONS_SHOWN);
    }

    private void refuseOutside(String place, String path, Path file) {
        String what = "'" + path + "' is outside the folder " + root.path();
        if (file.startsWith(root.path())) {
            problems.add(place, what + " (a symbolic link leads there)", FIX_FOR_LINKS);
        } else {
            problems.add(place, what, fixOfPaths());
        }
    }

    private Path file(String path) {
        return root.path().resolve(path).normalize();
    }

    private void repeat(ListedImage image, @Nullable Split split) {
        if (split != null) {
            image.parts().put(ListedImage.NO_FOLD, split);
        }
        LabeledImage added = image.image();
        ListedImage before = found.putIfAbsent(image.file(), image);
        if (before == null) {
            images.add(image);
            return;
        }
        Split known = before.parts().get(ListedImage.NO_FOLD);
        if (!Objects.equals(known, split)) {
            problem(image.place(), added.name() + " is in " + split + ", but in " + known + " at " + before.place());
            return;
        }
        notices.repeat(before.image().label() != added.label());
        String name = added.name() + " (" + image.place() + ")";
        LabeledImage again = new LabeledImage(name, added.source(), added.label(), added.attributes());
        images.add(new ListedImage(image.place(), image.key(), again, image.parts()));
    }
}
