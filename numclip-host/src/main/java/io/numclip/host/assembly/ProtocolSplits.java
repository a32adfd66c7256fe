package io.numclip.host.assembly;

import io.numclip.data.ImageSource;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.Protocol;
import io.numclip.protocol.FewShot;
import io.numclip.protocol.Folds;
import io.numclip.protocol.LabelShift;
import io.numclip.protocol.ManifestFile;
import io.numclip.protocol.RandomChoice;
import io.numclip.protocol.SplitManifest;
import io.numclip.protocol.Splitter;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The splits of a task after its protocol: split again, training images thinned out, validation images replaced. */
record ProtocolSplits(OrdinalTask task, ExperimentConfig config) {

    Map<Split, List<LabeledImage>> splits() throws IOException {
        Protocol protocol = config.protocol();
        long seed = config.drawsSeed();
        Map<Split, List<LabeledImage>> splits = new EnumMap<>(whole());
        if (protocol.images() > 0) {
            splits.computeIfPresent(Split.TRAIN, (split, all) -> RandomChoice.of(all, protocol.images(), seed));
        }
        if (protocol.fewShot() > 0) {
            splits.computeIfPresent(Split.TRAIN, (split, all) -> FewShot.choose(all, protocol.fewShot(), seed));
        }
        Protocol.Shift shift = protocol.shift();
        splits.computeIfPresent(Split.TRAIN, (split, all) -> LabelShift.cut(all, shift.labels(), shift.keep(), seed));
        if (protocol.isReference()) {
            splits.put(Split.VALIDATION, splits.getOrDefault(Split.TEST, List.of()));
        } else {
            refuseTestAsValidation(splits);
        }
        return splits;
    }

    /** The splits before training images are thinned out and validation images replaced. */
    private Map<Split, List<LabeledImage>> whole() throws IOException {
        Protocol protocol = config.protocol();
        if (!protocol.manifest().isEmpty()) {
            return byManifest(Path.of(protocol.manifest()));
        }
        String fold = fold(FoldNames.of(task, protocol));
        if (protocol.folds() > 0) {
            Splitter splitter = new Splitter(Splitter.Rule.GROUPED, protocol.group(), config.dataSeed());
            return Folds.splits(
                    splitter.folds(TaskImages.all(task), protocol.folds()),
                    Folds.names(protocol.folds()).indexOf(fold));
        }
        Map<Split, List<LabeledImage>> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            if (split != Split.VALIDATION || !protocol.isReference()) { // which needs none
                splits.put(split, TaskImages.of(task, split, fold));
            }
        }
        return splits;
    }

    private Map<Split, List<LabeledImage>> byManifest(Path file) throws IOException {
        SplitManifest manifest = ManifestFile.read(file);
        if (!manifest.task().equals(config.taskName())) {
            throw new NumClipException(
                    Kind.DATA,
                    file + ": made for the task " + manifest.task() + ", not for " + config.taskName(),
                    "write one for this task with 'numclip split'");
        }
        return manifest.splits(file, TaskImages.all(task), fold(manifest.folds()));
    }

    /** The requested fold; empty if none is requested and the task's own splits apply. */
    private String fold(List<String> known) {
        Protocol protocol = config.protocol();
        String fold = protocol.fold();
        if (known.contains(fold)) {
            return fold;
        }
        if (!fold.isEmpty()) {
            throw FoldNames.unknown(fold, known);
        }
        if (known.isEmpty() || (protocol.folds() == 0 && protocol.manifest().isEmpty())) {
            return ""; // the task's own splits
        }
        throw new NumClipException(
                Kind.CONFIGURATION,
                "the images are split into " + known.size() + " folds, and protocol.fold does not name the test fold",
                "train all of them with --folds all, or set protocol.fold=" + known.get(0));
    }

    private static void refuseTestAsValidation(Map<Split, List<LabeledImage>> splits) {
        Set<ImageSource> test = sources(splits.getOrDefault(Split.TEST, List.of()));
        if (!test.isEmpty() && test.equals(sources(splits.getOrDefault(Split.VALIDATION, List.of())))) {
            throw new NumClipException(
                    Kind.DATA,
                    "validation and test are the same " + test.size()
                            + " images, so the model would be chosen on the test images",
                    "set images aside for validation, or choose the reference protocol with"
                            + " protocol.selection=reference");
        }
    }

    private static Set<ImageSource> sources(List<LabeledImage> images) {
        return images.stream().map(LabeledImage::source).collect(Collectors.toSet());
    }
}
