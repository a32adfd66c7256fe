package io.numclip.dataset;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.Region;
import io.numclip.data.Split;
import io.numclip.spi.InvalidSettingException;
import java.util.List;

/**
 * Where a task's images come from; the {@code data} node of a task's settings.
 *
 * @param format name of a {@link DataLayout}: {@code sample} (drawn by the task), {@code csv} (a list with columns),
 *     {@code folder} (a folder per label), or one of the task's own, such as {@code adience}
 * @param setting which of the layout's published settings, such as {@code A} of MORPH; empty means the layout's first
 * @param root folder that image paths are relative to; for {@code folder} the folder of label folders; for a data set
 *     the folder that its owner's archive unpacks to
 * @param file the list, for {@code csv} and other layouts that are one list; relative to the working directory
 * @param imageColumn column with the image path
 * @param labelColumn column with the number
 * @param validation share of the images set aside for validation where the data names no validation images; 0: none,
 *     for a protocol that does not ask for any
 * @param test share of the images set aside for the test where the data names no split
 * @param seed of the drawn samples and of the random split
 * @param samples how many images to draw
 * @param regionMargin how much of a picture is seen around a region of it: a share of the region's width and height, added
 *     on each side as far as the picture goes
 */
public record TaskData(
        String format,
        String setting,
        String root,
        String file,
        String imageColumn,
        String labelColumn,
        double validation,
        double test,
        long seed,
        Samples samples,
        double regionMargin) {

    /** The format of images that the task draws itself. */
    public static final String SAMPLE = "sample";

    /** How many sample images each split has. */
    public record Samples(int train, int validation, int test) {
        public Samples {
            check("train", train);
            check("validation", validation);
            check("test", test);
        }

        private static void check(String split, int images) {
            if (images < 1) {
                throw new InvalidSettingException(split, "must be 1 image or more; found " + images);
            }
        }

        public int of(Split split) {
            return switch (split) {
                case TRAIN -> train;
                case VALIDATION -> validation;
                case TEST -> test;
            };
        }
    }

    /** Without a margin around regions. */
    public TaskData(
            String format,
            String setting,
            String root,
            String file,
            String imageColumn,
            String labelColumn,
            double validation,
            double test,
            long seed,
            Samples samples) {
        this(format, setting, root, file, imageColumn, labelColumn, validation, test, seed, samples, 0);
    }

    public TaskData {
        if (!Region.isMargin(regionMargin)) {
            throw new InvalidSettingException(
                    "regionMargin", "must be a share from 0 to 10, such as 0.25; found " + regionMargin);
        }
        if (!(validation >= 0 && validation < 1)) {
            throw new InvalidSettingException("validation", "must be at least 0 and below 1; found " + validation);
        }
        if (!(test > 0 && test < 1)) {
            throw new InvalidSettingException("test", "must be above 0 and below 1; found " + test);
        }
        if (validation + test >= 1) {
            throw new InvalidSettingException(
                    List.of("validation", "test"),
                    "must leave room for training, together below 1; found " + validation + " and " + test);
        }
    }

    /** Sample images: what a task trains on when the user names no data. */
    public static TaskData samples(int train, int validation, int test) {
        return defaults(SAMPLE, "", new Samples(train, validation, test));
    }

    /** A data set in a folder, with defaults for everything else. */
    public static TaskData of(String format, String root) {
        return defaults(format, root, new Samples(1, 1, 1));
    }

    /**
     * The setting to use; the first known one if none is named.
     *
     * @throws NumClipException if the layout does not know the setting
     */
    public String settingOf(List<String> known) {
        if (setting.isEmpty()) {
            return known.get(0);
        }
        if (known.contains(setting)) {
            return setting;
        }
        throw new NumClipException(
                NumClipException.Kind.CONFIGURATION,
                "task.data.setting: format " + format + " has no setting '" + setting + "'"
                        + NearestName.question(setting, known),
                "choose one of " + String.join(", ", known));
    }

    /** The same data, read from a list. */
    public TaskData withFile(String list) {
        return new TaskData(
                format, setting, root, list, imageColumn, labelColumn, validation, test, seed, samples, regionMargin);
    }

    /** The same data, read from other columns. */
    public TaskData withColumns(String image, String label) {
        return new TaskData(format, setting, root, file, image, label, validation, test, seed, samples, regionMargin);
    }

    private static TaskData defaults(String format, String root, Samples samples) {
        return new TaskData(format, "", root, "", "image", "value", 0.1, 0.1, 1, samples);
    }
}
