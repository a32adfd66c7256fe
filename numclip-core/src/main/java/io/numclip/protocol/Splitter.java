package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Prediction;
import io.numclip.data.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Deals images to splits or folds by chance. Images of equal content always stay together. What comes out follows from
 * names, labels and seed, not from the order of the list.
 *
 * @param group attribute that names the subject, for {@link Rule#GROUPED}
 */
public record Splitter(Rule rule, String group, long seed) {

    /** What the dealing takes care of, beside the shares. */
    public enum Rule {
        /** Nothing else. */
        RANDOM,
        /** Every range of labels is dealt in the same shares. */
        STRATIFIED,
        /** Images of one subject stay together, and subjects are dealt alike over the range of their mean labels. */
        GROUPED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param validation share of the images, above 0
     * @param test share of the images, above 0
     * @throws NumClipException if a split would have no image
     */
    public Map<Split, List<LabeledImage>> splits(List<LabeledImage> images, double validation, double test) {
        if (!(validation > 0 && test > 0 && validation + test < 1)) {
            throw new IllegalArgumentException("validation and test must be above 0 and leave room for training; found "
                    + validation + " and " + test);
        }
        List<List<LabeledImage>> parts = deal(images, List.of(1 - validation - test, validation, test));
        return Map.of(Split.TRAIN, parts.get(0), Split.VALIDATION, parts.get(1), Split.TEST, parts.get(2));
    }

    /**
     * Equal folds; each image is in one.
     *
     * @throws NumClipException if a fold would have no image
     */
    public List<List<LabeledImage>> folds(List<LabeledImage> images, int count) {
        return deal(images, Collections.nCopies(count, 1.0 / count));
    }

    private List<List<LabeledImage>> deal(List<LabeledImage> images, List<Double> shares) {
        List<Group> units = inOrder(Group.of(images, rule == Rule.GROUPED ? group : ""), shares);
        List<List<LabeledImage>> parts = new ArrayList<>();
        shares.forEach(share -> parts.add(new ArrayList<>()));
        double[] due = new double[shares.size()]; // images that each part should have had by now, less those it has
        for (Group unit : units) {
            for (int part = 0; part < due.length; part++) {
                due[part] += shares.get(part) * unit.size();
            }
            int most = Prediction.indexOfLargest(due);
            due[most] -= unit.size();
            parts.get(most).addAll(unit.images());
        }
        requireImages(parts, units.size());
        return parts;
    }

    /**
     * Neighbours in label make up blocks, as long as it takes for each part to get one of them; within a block chance
     * decides.
     */
    private List<Group> inOrder(List<Group> units, List<Double> shares) {
        SeededOrder order = new SeededOrder(seed);
        List<Group> sorted = new ArrayList<>(units);
        sorted.sort(Group.byChance(order));
        if (rule == Rule.RANDOM) {
            return sorted;
        }
        sorted.sort(Group.byLabel());
        int block = (int) Math.ceil(1 / Collections.min(shares) - 1e-9);
        for (int start = 0; start < sorted.size(); start += block) {
            sorted.subList(start, Math.min(start + block, sorted.size())).sort(Group.byChance(order));
        }
        return sorted;
    }

    private void requireImages(List<List<LabeledImage>> parts, int units) {
        if (parts.stream().anyMatch(List::isEmpty)) {
            String what = rule == Rule.GROUPED ? " subjects (attribute " + group + ")" : " different images";
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    units + what + " are too few for these shares: a split or fold would have no image",
                    "give larger shares, fewer folds or more images");
        }
    }
}
