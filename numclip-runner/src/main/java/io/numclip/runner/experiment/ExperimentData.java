package io.numclip.runner.experiment;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The images of a task, all three splits. */
public record ExperimentData(Map<Split, List<LabeledImage>> splits) {

    public ExperimentData {
        splits = Map.copyOf(splits);
        splits.forEach((split, images) -> {
            if (images.isEmpty()) {
                throw new NumClipException(
                        NumClipException.Kind.DATA,
                        "the " + split + " split has no image",
                        "give more images, or a larger share of them to task.data." + split);
            }
        });
    }

    static ExperimentData load(OrdinalTask task) throws IOException {
        Map<Split, List<LabeledImage>> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            splits.put(split, task.images(split));
        }
        return new ExperimentData(splits);
    }

    public List<LabeledImage> images(Split split) {
        return Objects.requireNonNull(splits.get(split));
    }

    public double[] labels(Split split) {
        return images(split).stream().mapToDouble(LabeledImage::label).toArray();
    }

    /** SHA-256 over names, labels and fingerprints of all images: equal data, equal hash. */
    String hash() throws IOException {
        MessageDigest digest = sha256();
        for (Split split : Split.values()) {
            for (LabeledImage image : images(split)) {
                String line = split + "|" + image.name() + "|" + image.label() + "|"
                        + image.source().fingerprint() + "\n";
                digest.update(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
