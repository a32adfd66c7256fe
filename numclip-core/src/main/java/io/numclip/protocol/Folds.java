package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Splits made of folds: each fold is the test split once, and the validation split once. */
public final class Folds {

    private Folds() {}

    /** The test split is one fold, validation the next one (the first after the last), training all others. */
    public static Map<Split, List<LabeledImage>> splits(List<List<LabeledImage>> folds, int test) {
        int validation = (test + 1) % folds.size();
        List<LabeledImage> train = new ArrayList<>();
        for (int fold = 0; fold < folds.size(); fold++) {
            if (fold != test && fold != validation) {
                train.addAll(folds.get(fold));
            }
        }
        return Map.of(Split.TRAIN, train, Split.VALIDATION, folds.get(validation), Split.TEST, folds.get(test));
    }

    /** Names of {@code count} folds: {@code 1}, {@code 2}, … */
    public static List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int fold = 1; fold <= count; fold++) {
            names.add(String.valueOf(fold));
        }
        return names;
    }
}
