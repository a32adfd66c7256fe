package io.numclip.protocol;

import io.numclip.data.Invocation;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A fixed division of the images into splits or folds: each row names an image, its value, its part (a split or a fold)
 * and the SHA-256 of its content. {@link ManifestFile} stores it as text; {@link ManifestCheck} compares it with the
 * images.
 *
 * @param task the type of the task
 * @param splitter the rule by which the images were split
 * @param folds names of its folds, in order; empty where its parts are train, validation and test
 */
public record SplitManifest(String task, Splitter splitter, List<String> folds, List<Row> rows) {

    /**
     * @param part name of a split or fold
     * @param hash SHA-256 of the content: of the bytes of a file, or of the pixels of a drawn image
     */
    public record Row(String image, double value, String part, String hash) {}

    public SplitManifest {
        folds = List.copyOf(folds);
        rows = List.copyOf(rows);
    }

    /** The manifest of images in train, validation and test. */
    public static SplitManifest ofSplits(String task, Splitter splitter, Map<Split, List<LabeledImage>> splits)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Split split : Split.values()) {
            rows.addAll(rows(split.toString(), splits.getOrDefault(split, List.of())));
        }
        return new SplitManifest(task, splitter, List.of(), rows);
    }

    /** The manifest of images in folds. */
    public static SplitManifest ofFolds(String task, Splitter splitter, List<List<LabeledImage>> folds)
            throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> names = Folds.names(folds.size());
        for (int fold = 0; fold < folds.size(); fold++) {
            rows.addAll(rows(names.get(fold), folds.get(fold)));
        }
        return new SplitManifest(task, splitter, names, rows);
    }

    /** Names of the splits or folds. */
    public List<String> parts() {
        return folds.isEmpty() ? List.of("train", "validation", "test") : folds;
    }

    /** Number of images in each part. */
    public Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        parts().forEach(part -> counts.put(part, 0));
        rows.forEach(row -> counts.merge(row.part(), 1, Integer::sum));
        return counts;
    }

    /**
     * Splits the images as the manifest says.
     *
     * @param file where the manifest is, for messages
     * @param images all images of the task
     * @param fold the fold for the test, where the manifest has folds
     * @throws NumClipException if the images are not those of the manifest, naming the first line that differs, or if
     *     subjects appear in several splits although the manifest is grouped
     */
    public Map<Split, List<LabeledImage>> splits(Path file, List<LabeledImage> images, String fold) {
        Map<String, LabeledImage> byName = new ManifestCheck(file, this).imagesByName(images);
        Map<String, List<LabeledImage>> imagesByPart = rows.stream()
                .collect(Collectors.groupingBy(
                        Row::part, Collectors.mapping(row -> byName.get(row.image()), Collectors.toList())));
        List<List<LabeledImage>> parts = parts().stream()
                .map(part -> imagesByPart.getOrDefault(part, List.of()))
                .toList();
        Map<Split, List<LabeledImage>> splits = folds.isEmpty()
                ? Map.of(Split.TRAIN, parts.get(0), Split.VALIDATION, parts.get(1), Split.TEST, parts.get(2))
                : Folds.splits(parts, folds.indexOf(fold));
        refuseCrossingSubjects(file, splits);
        return splits;
    }

    private void refuseCrossingSubjects(Path file, Map<Split, List<LabeledImage>> splits) {
        if (splitter.rule() == Splitter.Rule.GROUPED) {
            LeakCheck.subjects(splits, splitter.group()).ifPresent(leak -> {
                throw new NumClipException(
                        NumClipException.Kind.DATA,
                        file + ": grouped by " + splitter.group() + ", but " + leak.count()
                                + " groups are in several splits, such as "
                                + leak.examples().get(0),
                        "write a new manifest with '" + Invocation.NAME + " split --by grouped'");
            });
        }
    }

    private static List<Row> rows(String part, List<LabeledImage> images) throws IOException {
        List<String> hashes = ContentHashes.of(images);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < hashes.size(); i++) {
            LabeledImage image = images.get(i);
            rows.add(new Row(image.name(), image.label(), part, hashes.get(i)));
        }
        return rows;
    }
}
