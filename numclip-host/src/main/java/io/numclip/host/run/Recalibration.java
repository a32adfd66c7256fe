package io.numclip.host.run;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.assembly.Components;
import io.numclip.host.assembly.Predictions;
import io.numclip.host.assembly.TaskImages;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.handover.HandedOnModel;
import io.numclip.host.message.PlainText;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.RunFolder;
import io.numclip.input.ImageBatches.SkippedImages;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipPredictor;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.Seal;
import io.numclip.uncertainty.CalibratedPredictions;
import io.numclip.uncertainty.Calibration;
import io.numclip.uncertainty.Calibrator;
import io.numclip.uncertainty.Chance;
import io.numclip.uncertainty.ConformalQuantile;
import io.numclip.uncertainty.ExactNumber;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.UncertaintyConfig;
import io.numclip.uncertainty.adjustment.Adjustment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a few labelled images of the place of use say of a trained model: whether its numbers are off there, and its intervals.
 * Where numbers are adjusted, the images are unlike those of the calibration, so intervals are calibrated anew; else only where
 * they are seen to hold fewer labels than promised, or more.
 */
public final class Recalibration {

    private static final double FEWER =
            0.1; // a false alarm costs little: intervals that are calibrated on fewer images
    private static final double MORE = 0.025;

    private final NumClipPredictor predictor;
    private final UncertaintyConfig config;
    private final String group;
    private final LabeledPredictions network;
    private final List<String> groups;
    private final long groupCount;
    private final Optional<Calibration> known;
    private final List<String> findings = new ArrayList<>();
    private final Choice choice;
    private final Optional<Calibration> calibration;

    /**
     * @param network its predictions, not rounded
     * @param same images besides that are the same picture as one of them
     */
    Recalibration(NumClipPredictor predictor, ExperimentConfig config, LabeledPredictions network, int same) {
        this.predictor = predictor;
        this.config = config.uncertainty();
        this.network = network;
        group = config.protocol().group();
        groups = Size.groups(network.images(), group);
        groupCount = groups.stream().distinct().count();
        known = predictor.calibration();
        String images = PlainText.counted(network.size(), "labelled image")
                + (groupCount == network.size() ? "" : " of " + PlainText.counted(groupCount, "group"));
        if (groupCount < Choice.FEWEST) {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    images + ": at least " + Choice.FEWEST + " different ones are needed to tell an offset from chance",
                    "label more images of the place of use; 10 to 50 are good");
        }
        findings.add(images + (same == 0 ? "." : "; the same picture again (" + same + ") does not count here."));
        LabelScale scale = predictor.model().scale();
        boolean words = predictor.numbersOfWords().isPresent();
        LabeledPredictions now = Choice.onScale(network, network.values(), scale);
        LabeledPredictions shown = known.map(by -> calibrated(by, now)).orElse(now);
        choice = Choice.of(network, shown.errors(), scale, groups, words);
        findings.add(numbers());
        calibration = calibration(inside(shown), words && !choice.changes());
    }

    /**
     * @param list a list of images with their labels, read as that of a training
     * @param settings of the list, such as {@code task.data.labelColumn}
     * @throws NumClipException if the list has entries that cannot be used, or too few images
     */
    public static Recalibration learn(
            RunFolder run,
            PluginCatalog catalog,
            TrainedModel.Options options,
            Path list,
            List<Setting> settings,
            SkippedImages skipped)
            throws IOException {
        List<Setting> read = new ArrayList<>(List.of(
                new Setting("task.data.format", "csv"),
                new Setting("task.data.root", "''"),
                new Setting("task.data.file", "'" + list.toString().replace("'", "''") + "'")));
        settings.forEach(setting -> read.add(ofList(setting)));
        ExperimentConfig config =
                new ExperimentReader(catalog).read(run.config().toString(), read);
        Map<String, LabeledImage> different = new LinkedHashMap<>(); // one seen twice would not be left out
        List<LabeledImage> listed = TaskImages.all(Components.task(config));
        for (LabeledImage image : listed) {
            different.putIfAbsent(image.source().contentHash(), image);
        }
        try (TrainedModel model = TrainedModel.open(run.path(), catalog, options)) {
            NumClipPredictor unrounded = model.predictor().unrounded();
            List<LabeledImage> images = List.copyOf(different.values());
            LabeledPredictions network = Predictions.of(unrounded, images, skipped);
            return new Recalibration(model.predictor(), config, network, listed.size() - images.size());
        }
    }

    /** Another one would not be true of the new model. */
    private static Setting ofList(Setting setting) {
        boolean ofModel = setting.key().equals("task.data.regionMargin");
        if ((setting.key().startsWith("task.data.") && !ofModel)
                || setting.key().equals("protocol.group")) {
            return setting;
        }
        throw new NumClipException(
                NumClipException.Kind.USAGE,
                setting.option() + ": only what says how the list is read can be set",
                "leave it out; such a setting is task.data.labelColumn=NAME");
    }

    /** What was found, a sentence or two each. */
    public List<String> findings() {
        return List.copyOf(findings);
    }

    /** Whether there is reason to change the model. */
    public boolean changes() {
        return choice.changes() || !calibration.equals(known);
    }

    /** From the network's numbers to those of the new model. */
    public Adjustment adjustment() {
        Adjustment own = choice.adjustment();
        return new Adjustment(own.offset(), own.slope(), network.size()).after(predictor.adjustment());
    }

    /** That of the new model; empty if it has no intervals. */
    public Optional<Calibration> calibration() {
        return calibration;
    }

    /**
     * Writes the new model; the old one is not touched.
     *
     * @param target a folder that does not exist or is empty
     */
    public void write(RunFolder run, PluginCatalog catalog, Path target) throws IOException {
        List<Setting> shown = new ArrayList<>();
        calibration.ifPresent(by ->
                shown.add(new Setting("uncertainty.interval", by.interval().toString())));
        String yaml = new ExperimentReader(catalog)
                .read(run.config().toString(), shown)
                .toYaml();
        AtomicFolder.create(target, folder -> {
            for (String part : List.of("model", HandedOnModel.CLIP, HandedOnModel.FILE, HandedOnModel.IMAGE)) {
                copy(run.path().resolve(part), folder.resolve(part));
            }
            RunFolder fresh = new RunFolder(folder);
            ModelDirectory.adjust(fresh.model(), adjustment(), calibration);
            AtomicFile.write(fresh.config(), yaml);
            AtomicFile.write(fresh.recalibration(), String.join("\n", findings) + "\n");
            if (HandedOnModel.isOne(folder)) {
                Seal.put(folder);
            }
        });
    }

    private static void copy(Path part, Path target) throws IOException {
        if (Files.isDirectory(part)) {
            AtomicFolder.write(target, folder -> {
                for (Path inner : AtomicFolder.list(part)) {
                    copy(inner, folder.resolve(inner.getFileName()));
                }
            });
        } else if (Files.exists(part)) {
            Files.copy(part, target);
        }
    }

    /** Such as {@code 1.10 · the old number + 2.70 years}. */
    public static String words(Adjustment by, String number, LabelScale scale) {
        return (by.slope() == 1 ? "" : PlainText.figure(by.slope()) + " · ") + number
                + (by.offset() < 0 ? " − " : " + ") + PlainText.figure(Math.abs(by.offset())) + " " + scale.unit();
    }

    private String numbers() {
        PairedComparison error = choice.error();
        String slope = choice.adjustment().slope() != 1 ? "" : "A slope is not better beyond chance. ";
        String found = choice.changes()
                ? "The new number is "
                        + words(
                                choice.adjustment(),
                                "the old number",
                                predictor.model().scale()) + ", as "
                        + String.format(Locale.ROOT, "the labels say (p = %.4f). ", choice.chance())
                        + (groupCount < Choice.FEWEST_FOR_SLOPE ? "A slope needs more images. " : slope)
                : String.format(Locale.ROOT, "Numbers stay: an offset may be chance (p = %.4f). ", choice.chance());
        return found + (choice.changes() ? "By" : "With one, by") + " leaving one out the mean error is "
                + PlainText.figure(error.first()) + ", with the old numbers "
                + PlainText.figure(error.second()) + " (95 % interval of the difference: "
                + PlainText.figure(error.interval().low()) + " to "
                + PlainText.figure(error.interval().high()) + ").";
    }

    private Optional<Calibration> calibration(boolean[] inside, boolean words) {
        int fewest = ConformalQuantile.fewest(config.coverage());
        String were = known.isEmpty()
                ? "The model has no intervals."
                : "The intervals held " + count(inside) + " of " + inside.length + " labels, where "
                        + ExactNumber.text(Math.rint(1e6 * config.coverage()) / 1e4) + " % are promised.";
        if (known.isPresent() && !choice.changes() && !isOff(known.get(), inside)) {
            findings.add(were + " That may be chance, so they stay.");
            return known;
        }
        if (groupCount < fewest) {
            findings.add(were + " To calibrate them for these images, at least " + fewest
                    + " are needed; without, there are" + " none, nor decisions.");
            return Optional.empty();
        }
        Calibration fresh = calibrator().again(known.orElse(null), choice.heldOut(), words);
        findings.add(were + " They are calibrated anew"
                + (groupCount == fewest
                        ? "; whether they hold cannot be told with so few images."
                        : ", and hold " + heldOut(words) + " by leaving one out."));
        fresh.cuts()
                .forEach(cut -> findings.add("Decision: "
                        + cut.problem()
                                .orElse("'" + cut.name() + "' is at " + cut.threshold() + ", chosen on these images")
                        + "."));
        return Optional.of(fresh);
    }

    /** How many labels lie in the intervals that the other groups give. */
    private int heldOut(boolean words) {
        LabeledPredictions all = choice.heldOut();
        return groups.stream()
                .distinct()
                .mapToInt(left -> {
                    List<LabeledImage> own = IntStream.range(0, groups.size())
                            .filter(n -> groups.get(n).equals(left))
                            .mapToObj(n -> all.images().get(n))
                            .toList();
                    Calibration others =
                            calibrator().again(known.orElse(null), all.where(image -> !own.contains(image)), words);
                    return count(inside(calibrated(others, all.where(own::contains))));
                })
                .sum();
    }

    /** Whether intervals hold fewer labels than chance allows, or more. */
    private boolean isOff(Calibration old, boolean[] inside) {
        double[] missed = IntStream.range(0, inside.length)
                .mapToDouble(n -> inside[n] ? 0 : 1)
                .toArray();
        int outside = inside.length - count(inside);
        Size tested = Size.of(groups, missed);
        Size size = old.sample() == null ? Size.of(old.images()) : old.sample().size();
        double rate = 1 - old.coverage();
        return Chance.ofOutside(outside, tested, size, rate) <= FEWER
                || Chance.ofOutside(outside + 1, tested, size, rate) >= 1 - MORE;
    }

    private Calibrator calibrator() {
        return new Calibrator(predictor.model().concepts(), predictor.model().scale(), config, group);
    }

    private LabeledPredictions calibrated(Calibration by, LabeledPredictions predictions) {
        return new CalibratedPredictions(
                        by, predictor.model().concepts(), predictor.model().scale())
                .calibrated(predictions);
    }

    private static int count(boolean[] inside) {
        return (int) IntStream.range(0, inside.length).filter(n -> inside[n]).count();
    }

    /** (N) whether each label lies in its interval. */
    private static boolean[] inside(LabeledPredictions calibrated) {
        boolean[] inside = new boolean[calibrated.size()];
        for (int n = 0; n < inside.length; n++) {
            double label = calibrated.images().get(n).label();
            inside[n] = calibrated.predictions().get(n).interval().stream().anyMatch(each -> each.contains(label));
        }
        return inside;
    }
}
