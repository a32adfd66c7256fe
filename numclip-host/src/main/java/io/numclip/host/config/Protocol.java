package io.numclip.host.config;

import io.numclip.data.LabeledImage;
import io.numclip.spi.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Who sees which image: changes what a task gives to train, validation and test, in the order fold, manifest, few-shot,
 * shift. The defaults change nothing.
 *
 * @param fold the fold that is the test; empty: the task's own splits
 * @param folds how many folds to deal the task's images into, by {@code training.seed}; 0: the folds of the data set's
 *     owner, if there are any
 * @param group attribute that says which images belong together, such as those of one person
 * @param fewShot how many training images of each label to keep; 0: all
 * @param manifest file that {@code numclip split} has written; empty: none
 */
public record Protocol(
        String fold,
        int folds,
        String group,
        int fewShot,
        Shift shift,
        String manifest,
        Leaks leaks,
        Selection selection) {

    /** Stands on every result of {@link Selection#REFERENCE}. */
    public static final String REFERENCE_STAMP = "reference protocol: the model was picked on the test images";

    /** How many folds at least: one to test, one to validate, one to train. */
    public static final int FEWEST_FOLDS = 3;

    /**
     * Makes common labels rare in training.
     *
     * @param labels how many of the commonest labels to cut
     * @param keep which share of their images stays
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

    /** What happens when equal images or one subject's images stand in two splits. */
    public enum Leaks {
        REPORT,
        REFUSE
    }

    /** Which images choose the best epoch. */
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
                    List.of("manifest", "folds"), "both say which image is for what; give one of them");
        }
        if (group.isBlank()) {
            throw new InvalidSettingException("group", "must be the name of an attribute; found nothing");
        }
        if (fewShot < 0) {
            throw new InvalidSettingException("fewShot", "must be 0 or more; found " + fewShot);
        }
    }

    public static Protocol defaults() {
        return new Protocol("", 0, LabeledImage.SUBJECT, 0, new Shift(0, 1.0), "", Leaks.REPORT, Selection.VALIDATION);
    }

    /** The same with another fold as the test. */
    public Protocol withFold(String name) {
        return new Protocol(name, folds, group, fewShot, shift, manifest, leaks, selection);
    }

    /** What it changes, for reports; empty where it changes nothing. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (isReference()) {
            notes.add(REFERENCE_STAMP);
        }
        if (!fold.isEmpty()) {
            notes.add("the test is fold " + fold + (folds > 0 ? " of " + folds + " dealt by the seed" : ""));
        }
        if (!manifest.isEmpty()) {
            notes.add("splits by the manifest " + manifest);
        }
        if (fewShot > 0) {
            notes.add("few-shot: at most " + fewShot + " training images of each label");
        }
        if (shift.labels() > 0) {
            notes.add("shift: of the " + shift.labels() + " commonest labels a share of " + shift.keep()
                    + " of the training images");
        }
        return notes;
    }

    public boolean isReference() {
        return selection == Selection.REFERENCE;
    }
}
