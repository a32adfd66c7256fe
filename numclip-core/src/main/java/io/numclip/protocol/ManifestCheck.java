package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Compares a manifest with the task's images: same names, same labels, same contents. */
record ManifestCheck(Path file, SplitManifest manifest) {

    private static final String FIX =
            "use the images that the manifest was made from, or write a new one with 'numclip split'";

    /** @throws NumClipException naming the first line that differs */
    Map<String, LabeledImage> imagesByName(List<LabeledImage> images) {
        Map<String, LabeledImage> byName = new HashMap<>();
        images.forEach(image -> byName.put(image.name(), image));
        List<SplitManifest.Row> rows = manifest.rows();
        IntStream.range(0, rows.size())
                .parallel()
                .mapToObj(index -> difference(rows.get(index), byName).map(what -> place(index) + what))
                .flatMap(Optional::stream)
                .findFirst()
                .ifPresent(ManifestCheck::refuse);
        requireAll(images);
        return byName;
    }

    private static Optional<String> difference(SplitManifest.Row row, Map<String, LabeledImage> images) {
        LabeledImage image = images.get(row.image());
        if (image == null) {
            return Optional.of("the task has no image " + row.image());
        }
        if (image.label() != row.value()) {
            return Optional.of(row.image() + " has the value " + image.label() + "; the manifest says " + row.value());
        }
        String hash = hash(image);
        if (hash == null) {
            return Optional.of(row.image() + " cannot be read");
        }
        String changed = row.image() + " has changed: its SHA-256 is " + hash + "; the manifest says " + row.hash();
        return hash.equals(row.hash()) ? Optional.empty() : Optional.of(changed);
    }

    private static @Nullable String hash(LabeledImage image) {
        try {
            return ContentHashes.of(image);
        } catch (UncheckedIOException unreadable) {
            return null;
        }
    }

    private void requireAll(List<LabeledImage> images) {
        Set<String> named = new HashSet<>();
        manifest.rows().forEach(row -> named.add(row.image()));
        List<String> others = images.stream()
                .map(LabeledImage::name)
                .filter(name -> !named.contains(name))
                .toList();
        if (!others.isEmpty()) {
            refuse(file + ": " + others.size() + " images of the task are not in the manifest, such as "
                    + others.get(0));
        }
    }

    private static void refuse(String what) {
        throw new NumClipException(NumClipException.Kind.DATA, what, FIX);
    }

    private String place(int row) {
        return file + ":" + (ManifestFile.firstRow(manifest) + row) + ": ";
    }
}
