package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The validation images in two parts that share no subject and no content: those that choose the best epoch, and those
 * that only calibrate.
 */
public record CalibrationSplit(List<LabeledImage> choosing, List<LabeledImage> calibrating) {

    public CalibrationSplit {
        choosing = List.copyOf(choosing);
        calibrating = List.copyOf(calibrating);
    }

    /** No image calibrates. */
    public static CalibrationSplit none(List<LabeledImage> validation) {
        return new CalibrationSplit(validation, List.of());
    }

    /**
     * Depends on names and seed, not on the order of the list.
     *
     * @param share of the images that calibrate, as nearly as whole subjects allow; at least one subject chooses
     * @param group attribute that says which images belong together; empty: none
     */
    public static CalibrationSplit deal(List<LabeledImage> validation, double share, String group, long seed) {
        List<Group> units = Group.of(validation, group).stream()
                .sorted(Group.byChance(new SeededOrder(seed)))
                .toList();
        long wanted = Math.round(share * validation.size());
        Set<String> calibrating = new HashSet<>();
        for (Group unit : units.subList(0, Math.max(0, units.size() - 1))) {
            if (calibrating.size() < wanted) {
                unit.images().forEach(image -> calibrating.add(image.name()));
            }
        }
        return split(validation, calibrating);
    }

    private static CalibrationSplit split(List<LabeledImage> validation, Set<String> names) {
        List<LabeledImage> choosing = new ArrayList<>();
        List<LabeledImage> calibrating = new ArrayList<>();
        validation.forEach(image -> (names.contains(image.name()) ? calibrating : choosing).add(image));
        return new CalibrationSplit(choosing, calibrating);
    }
}
