package io.numclip.host.config;

import io.numclip.data.LabeledImage;
import io.numclip.spi.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which images are used for what: changes a task's splits for training, validation and test, in the order fold,
 * manifest, images, few-shot, shift. The defaults change nothing.
 *
 * @param fold the test fold; empty: the task's own splits
 * @param folds how many folds to split the task's images into, by {@code seeds.data}; 0: the folds defined by the data
 *     set's owner, if there are any
 * @param group attribute that says which images belong together, such as those of one person
 * @param images how many training images to keep, at random by {@code seeds.draws}; 0, or more than there are: all
 * @param fewShot how many training images of each label to keep; 0: all
 * @param manifest file written by {@code numclip split}; empty: none
 */
public record Protocol(
        String fold,
        int folds,
        String group,
        int images,
        int fewShot,
        Shift shift,
        String manifest,
        Leaks leaks,
        Selection selection) {

    /** Appears on every result of {@link Selection#REFERENCE}. */
    public static final String REFERENCE_STAMP = "reference protocol: the model was picked on the test images";

    /** The smallest number of folds: one each for training, validation and test. */
    public static final int FEWEST_FOLDS = 3;

    /**
     * Makes common labels rare in training.
     *
     * @param labels how many of the most common labels to thin out
     * @param keep the share of their images to keep
     */
    public record Shift(int labels, double keep) {
        public Shift {
            if (labels < 0) {
                throw new InvalidSettingException("labels", "must be 0 or more; found " + labels);
            }
            if (!(keep > 0 && keep <= 1)) {
                throw new InvalidSettingException("keep", "must be above 0 and at most 1; found " + keep);
            }
        }
    }

    /** What happens when equal images, or images of one group, are in two splits. */
    public enum Leaks {
        REPORT,
        REFUSE
    }

    /** The images that the best epoch is chosen on. */
    public enum Selection {
        VALIDATION,
        /** The test images, as the published code does. */
        REFERENCE
    }

    public Protocol {
        if (folds != 0 && folds < FEWEST_FOLDS) {
            throw new InvalidSettingException(
                    "folds",
                    "must be 0, or at least " + FEWEST_FOLDS
                            + " to have one each for training, validation and test; found " + folds);
        }
        if (folds != 0 && !manifest.isEmpty()) {
            throw new InvalidSettingException(
                    List.of("manifest", "folds"), "both assign the images to splits; set only one of them");
        }
        if (group.isBlank()) {
            throw new InvalidSettingException("group", "must be the name of an attribute; found nothing");
        }
        atLeastZero("images", images);
        atLeastZero("fewShot", fewShot);
    }

    private static void atLeastZero(String name, int found) {
        if (found < 0) {
            throw new InvalidSettingException(name, "must be 0 or more; found " + found);
        }
    }

    public static Protocol defaults() {
        return new Protocol(
                "", 0, LabeledImage.SUBJECT, 0, 0, new Shift(0, 1.0), "", Leaks.REPORT, Selection.VALIDATION);
    }

    /** The same protocol with another test fold. */
    public Protocol withFold(String name) {
        return Records.with(this, "fold", name);
    }

    /** What it changes, for reports; empty if it changes nothing. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (isReference()) {
            notes.add(REFERENCE_STAMP);
        }
        if (!fold.isEmpty()) {
            notes.add("tested on fold " + fold + (folds > 0 ? " of " + folds + ", split by the seed" : ""));
        }
        if (!manifest.isEmpty()) {
            notes.add("splits from the manifest " + manifest);
        }
        if (images > 0) {
            notes.add(
                    "at most " + images + (images == 1 ? " training image" : " training images") + ", drawn at random");
        }
        if (fewShot > 0) {
            notes.add("few-shot: at most " + fewShot + (fewShot == 1 ? " training image" : " training images")
                    + " of each label");
        }
        if (shift.labels() > 0) {
            notes.add("shift: only a share of " + shift.keep() + " of the training images of the " + shift.labels()
                    + " most common labels");
        }
        return notes;
    }

    /** Whether it is no longer kept if validation images are learned, too. */
    boolean saysWhatIsLearned() {
        return isReference() || fewShot > 0 || shift.labels() > 0;
    }

    public boolean isReference() {
        return selection == Selection.REFERENCE;
    }
}
