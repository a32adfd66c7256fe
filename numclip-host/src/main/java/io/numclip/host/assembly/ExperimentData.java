package io.numclip.host.assembly;

import io.numclip.data.Bins;
import io.numclip.data.ImageSource;
import io.numclip.data.Invocation;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.dataset.Fingerprints;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;
import io.numclip.protocol.Leak;
import io.numclip.protocol.LeakCheck;
import io.numclip.spi.OrdinalTask;
import io.numclip.storage.Fingerprint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The images of a task in its three splits, as the protocol defines them.
 *
 * @param leaks images and groups that are in more than one split
 * @param regionMargin how much of a picture is seen around a region of it
 */
public record ExperimentData(Map<Split, List<LabeledImage>> splits, List<Leak> leaks, double regionMargin) {

    public ExperimentData {
        splits = Map.copyOf(splits);
        leaks = List.copyOf(leaks);
        splits.forEach((split, images) -> {
            if (images.isEmpty()) {
                throw new NumClipException(
                        NumClipException.Kind.DATA,
                        "the " + split + " split has no image",
                        "add images, or change the shares task.data.validation and task.data.test");
            }
        });
    }

    /**
     * The images of the task of an experiment.
     *
     * @param tasks shared with the runs of the experiment
     */
    public static ExperimentData load(ExperimentConfig config, Tasks tasks) throws IOException {
        return load(tasks.of(config), config);
    }

    /** The images of the task of an experiment. */
    public static ExperimentData load(ExperimentConfig config) throws IOException {
        return load(Components.task(config), config);
    }

    /** @throws NumClipException if a split is empty, a manifest does not fit, or the protocol refuses the leaks */
    public static ExperimentData load(OrdinalTask task, ExperimentConfig config) throws IOException {
        Map<Split, List<LabeledImage>> splits = new ProtocolSplits(task, config).splits();
        Protocol protocol = config.protocol();
        List<Leak> leaks = LeakCheck.leaks(seen(splits, protocol), protocol.group());
        if (protocol.leaks() == Protocol.Leaks.REFUSE && !leaks.isEmpty()) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    leaks.stream().map(Leak::sentence).collect(Collectors.joining("\n")),
                    "split the images again with '" + Invocation.NAME
                            + " split --by grouped', or only report leaks with" + " protocol.leaks=report");
        }
        return new ExperimentData(splits, leaks, task.regionMargin());
    }

    /** Stands for images where nobody looks at any: one for each bin, which cannot be read. */
    static ExperimentData unseen(Bins bins) {
        ImageSource none = new ImageSource() {
            @Override
            public BufferedImage read() throws IOException {
                throw new IOException("there is no image");
            }

            @Override
            public String fingerprint() {
                return "";
            }
        };
        List<LabeledImage> images = bins.list().stream()
                .map(bin -> new LabeledImage(bin.concept(), none, bin.anchor(), Map.of()))
                .toList();
        return new ExperimentData(
                Map.of(Split.TRAIN, images, Split.VALIDATION, images, Split.TEST, images), List.of(), 0);
    }

    /** The reference protocol validates on the test images by design, which is not reported as a leak. */
    private static Map<Split, List<LabeledImage>> seen(Map<Split, List<LabeledImage>> splits, Protocol protocol) {
        if (!protocol.isReference()) {
            return splits;
        }
        Map<Split, List<LabeledImage>> seen = new EnumMap<>(splits);
        seen.remove(Split.VALIDATION);
        return seen;
    }

    public List<LabeledImage> images(Split split) {
        return Objects.requireNonNull(splits.get(split));
    }

    /** The images that a model learns from, or is chosen and calibrated on. */
    public List<LabeledImage> learned() {
        return Stream.of(Split.TRAIN, Split.VALIDATION)
                .flatMap(split -> images(split).stream())
                .toList();
    }

    /** The same, but for the images that are learned. */
    ExperimentData learning(List<LabeledImage> images) {
        Map<Split, List<LabeledImage>> changed = new EnumMap<>(splits);
        changed.put(Split.TRAIN, images);
        return new ExperimentData(changed, leaks, regionMargin);
    }

    /** That of the task, of whole numbers if all labels that are learned are, as ages in years and counts of things. */
    LabelScale scale(LabelScale ofTask) {
        boolean areWhole = LabelScale.isWhole(ofTask.minimum())
                && LabelScale.isWhole(ofTask.maximum())
                && learned().stream().mapToDouble(LabeledImage::label).allMatch(LabelScale::isWhole);
        return areWhole ? new LabelScale(ofTask.minimum(), ofTask.maximum(), ofTask.unit(), true) : ofTask;
    }

    public double[] labels(Split split) {
        return images(split).stream().mapToDouble(LabeledImage::label).toArray();
    }

    /** SHA-256 over names, labels, attributes and fingerprints of all images: equal data, equal hash. */
    public String hash() throws IOException {
        Fingerprint digest = new Fingerprint();
        for (Split split : Split.values()) {
            for (LabeledImage image : images(split)) {
                String line = split + "|" + image.name() + "|" + image.label() + "|" + new TreeMap<>(image.attributes())
                        + "|" + Fingerprints.of(image.source()) + "\n";
                digest.add(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        return digest.hex();
    }
}
