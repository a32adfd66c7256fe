package io.numclip.data;

import java.util.Locale;

/**
 * Where a task's images come from; the {@code data} node of a task's settings.
 *
 * @param format {@code sample}: drawn by the task; {@code csv}: a list with columns; {@code folder}: a folder per label
 * @param root folder that image paths are relative to; for {@code folder} the folder of label folders
 * @param file the list, for {@code csv}; relative to the working directory
 * @param imageColumn column with the image path
 * @param labelColumn column with the number
 * @param validation share of the images set aside for validation where the data names no split itself
 * @param test share of the images set aside for the test where the data names no split itself
 * @param seed of the drawn samples and of the random split
 * @param samples how many images to draw
 */
public record TaskData(
        Format format,
        String root,
        String file,
        String imageColumn,
        String labelColumn,
        double validation,
        double test,
        long seed,
        Samples samples) {

    /** The kind of data source. */
    public enum Format {
        SAMPLE,
        CSV,
        FOLDER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How many sample images each split has. */
    public record Samples(int train, int validation, int test) {
        public Samples {
            if (train < 1 || validation < 1 || test < 1) {
                throw new IllegalArgumentException("samples need at least 1 image in each split; found " + train + ", "
                        + validation + ", " + test);
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

    public TaskData {
        if (!(validation > 0 && test > 0 && validation + test < 1)) {
            throw new IllegalArgumentException("validation and test must be above 0 and leave room for training; found "
                    + validation + " and " + test);
        }
    }

    /** Sample images: what a task trains on when the user names no data. */
    public static TaskData samples(int train, int validation, int test) {
        return new TaskData(Format.SAMPLE, "", "", "image", "value", 0.1, 0.1, 1, new Samples(train, validation, test));
    }
}
