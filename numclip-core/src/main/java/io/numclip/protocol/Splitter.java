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
 * Splits images at random into train, validation and test, or into folds. Images of equal content always stay together.
 * The result depends on names, labels and seed, not on the order of the list.
 *
 * @param group attribute that names the subject, for {@link Rule#GROUPED}
 */
public record Splitter(Rule rule, String group, long seed) {

    /** What is respected besides the shares. */
    public enum Rule {
        /** Nothing else. */
        RANDOM,
        /** Every range of labels is split in the same shares. */
        STRATIFIED,
        /**
         * Images of one subject stay together, and every range of the subjects' mean labels is split in the same
         * shares.
         */
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
        List<List<LabeledImage>> parts = split(images, List.of(1 - validation - test, validation, test));
        return Map.of(Split.TRAIN, parts.get(0), Split.VALIDATION, parts.get(1), Split.TEST, parts.get(2));
    }

    /**
     * Folds of equal size; each image is in exactly one.
     *
     * @throws NumClipException if a fold would have no image
     */
    public List<List<LabeledImage>> folds(List<LabeledImage> images, int count) {
        return split(images, Collections.nCopies(count, 1.0 / count));
    }

    private List<List<LabeledImage>> split(List<LabeledImage> images, List<Double> shares) {
        List<Group> unordered = Group.of(images, rule == Rule.GROUPED ? group : "");
        if (shares.size() > unordered.size()) {
            throw tooFew(unordered.size());
        }
        List<Group> groups = inOrder(unordered, shares);
        List<List<LabeledImage>> parts = new ArrayList<>();
        shares.forEach(share -> parts.add(new ArrayList<>()));
        double[] due = new double[shares.size()]; // images that each part should have by now, minus the images it has
        for (Group together : groups) {
            for (int part = 0; part < due.length; part++) {
                due[part] += shares.get(part) * together.size();
            }
            int most = Prediction.indexOfLargest(due);
            due[most] -= together.size();
            parts.get(most).addAll(together.images());
        }
        requireImages(parts, groups.size());
        return parts;
    }

    /**
     * Groups with neighbouring labels form blocks that are just long enough for each part to get a group; within a
     * block the order is random.
     */
    private List<Group> inOrder(List<Group> groups, List<Double> shares) {
        SeededOrder order = new SeededOrder(seed);
        List<Group> sorted = new ArrayList<>(groups);
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

    private void requireImages(List<List<LabeledImage>> parts, int groups) {
        if (parts.stream().anyMatch(List::isEmpty)) {
            throw tooFew(groups);
        }
    }

    private NumClipException tooFew(int groups) {
        String what = rule == Rule.GROUPED ? " subjects (attribute " + group + ")" : " different images";
        return new NumClipException(
                NumClipException.Kind.DATA,
                groups + what + " are too few for these shares: a split or fold would have no image",
                "give larger shares, fewer folds or more images");
    }
}
