package io.numclip.host.propose;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.host.message.PlainText;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * A survey of a user's images, made with the reader that training uses: it refuses what training would refuse.
 *
 * @param data where they are, with shares and a seed that leave no split empty
 * @param splits the images
 * @param namesSplits whether the data itself says which image belongs to which split
 */
record LabelSurvey(TaskData data, Map<Split, List<LabeledImage>> splits, boolean namesSplits) {

    static final int FEWEST_IMAGES = 10;

    /** Below this, a tenth of the images is too few for a test, and a fifth is set aside. */
    private static final int FEW_IMAGES = 200;

    /** Of fewer validation images, the best epoch is an accident: their mean error is known to a tenth or so. */
    private static final int ENOUGH_TO_CHOOSE = 200;

    private static final int SEEDS = 20;

    /** The range that can be trained in 32-bit arithmetic. */
    private static final LabelScale ANY = new LabelScale(-1e9, 1e9, "(take a larger unit)");

    /**
     * Looks at the labels of a list or a folder.
     *
     * @param data its shares and seed are chosen here
     * @throws NumClipException if training could not use them: lines or images are wrong, or there are too few
     * @throws IOException if reading fails half-way
     */
    static LabelSurvey of(TaskData data) throws IOException {
        // only one image in a billion is left for training, so an image found there was put there by the data itself
        TaskData nothingToTrain = with(data, 0.5, 0.5 - 1e-9, 1);
        LabelSurvey survey = new LabelSurvey(nothingToTrain, read(nothingToTrain), false);
        survey.refuseTooLittle();
        return survey.count(Split.TRAIN) > 0
                ? new LabelSurvey(data, whole(data), true)
                : splitAtRandom(data, survey.count());
    }

    /** Refuses an empty split, and says what to do. */
    private static Map<Split, List<LabeledImage>> whole(TaskData data) throws IOException {
        TaskImages images = new TaskImages(data, ANY, null);
        Map<Split, List<LabeledImage>> splits = new EnumMap<>(Split.class);
        for (Split split : Split.values()) {
            splits.put(split, images.images(split));
        }
        return splits;
    }

    /** The first seed by which chance leaves no split empty. */
    private static LabelSurvey splitAtRandom(TaskData data, int count) throws IOException {
        double share = count < FEW_IMAGES ? 0.2 : 0.1;
        for (int seed = 1; seed <= SEEDS; seed++) {
            TaskData candidate = with(data, share, share, seed);
            LabelSurvey survey = new LabelSurvey(candidate, read(candidate), false);
            if (survey.splits().values().stream().noneMatch(List::isEmpty)) {
                return survey;
            }
        }
        TaskData first = with(data, share, share, 1);
        return new LabelSurvey(first, whole(first), false);
    }

    private static Map<Split, List<LabeledImage>> read(TaskData data) throws IOException {
        return new TaskImages(data, ANY, null).found();
    }

    private static TaskData with(TaskData data, double validation, double test, long seed) {
        return new TaskData(
                data.format(),
                data.setting(),
                data.root(),
                data.file(),
                data.imageColumn(),
                data.labelColumn(),
                validation,
                test,
                seed,
                data.samples());
    }

    private void refuseTooLittle() {
        if (count() < FEWEST_IMAGES) {
            throw new NumClipException(
                    Kind.DATA,
                    place() + ": " + PlainText.counted(count(), "image") + "; at least " + FEWEST_IMAGES
                            + " are needed",
                    "add images"
                            + (data.file().isBlank() ? ", right in the folders that are named after their numbers" : "")
                            + "; a few dozen for each number are a good start");
        }
        double[] labels = labels();
        if (DoubleStream.of(labels).distinct().count() == 1) {
            throw new NumClipException(
                    Kind.DATA,
                    place() + ": all " + labels.length + " images have the number " + NiceNumbers.text(labels[0]),
                    "add images with other numbers; there is nothing to tell apart");
        }
        refuseTooNarrow(labels);
    }

    private void refuseTooNarrow(double... labels) {
        double lowest = DoubleStream.of(labels).min().orElseThrow();
        double highest = DoubleStream.of(labels).max().orElseThrow();
        if (LabelScale.isTooNarrow(lowest, highest)) {
            throw new NumClipException(
                    Kind.DATA,
                    place() + ": the numbers lie between " + NiceNumbers.text(lowest) + " and "
                            + NiceNumbers.text(highest) + "; at least " + LabelScale.NARROWEST
                            + " must be between the lowest and the highest",
                    "take a smaller unit");
        }
    }

    /** The list or the folder. */
    String place() {
        return data.file().isBlank() ? data.root() : data.file();
    }

    int count() {
        return splits.values().stream().mapToInt(List::size).sum();
    }

    /** Labels of all images. */
    double[] labels() {
        return images().stream().mapToDouble(LabeledImage::label).toArray();
    }

    int count(Split split) {
        return Optional.ofNullable(splits.get(split)).map(List::size).orElse(0);
    }

    /** The column by which images are kept together. */
    String group() {
        return newInTest()
                .or(() -> namesSplits ? GroupColumns.apart(splits) : Optional.empty())
                .orElse(LabeledImage.SUBJECT);
    }

    /** Whether validation images are too few, or of too few groups, to choose an epoch by. */
    boolean keepsLast() {
        List<LabeledImage> validation = images(Split.VALIDATION);
        return validation.size() < ENOUGH_TO_CHOOSE
                || TrialPart.isOfFewGroups(images(Split.TRAIN), validation, group());
    }

    /** The sentence of {@link GroupColumns#newInTest}; empty where the splits are drawn at random. */
    Optional<String> newInTest() {
        return namesSplits ? GroupColumns.newInTest(splits) : Optional.empty();
    }

    List<LabeledImage> images(Split split) {
        return splits.getOrDefault(split, List.of());
    }

    List<LabeledImage> images() {
        return splits.values().stream().flatMap(Collection::stream).toList();
    }
}
