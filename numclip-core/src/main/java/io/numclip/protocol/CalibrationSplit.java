package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The validation images, divided into two sets that share no subject and no content: the images that choose the best
 * epoch, and the images that only calibrate.
 */
public record CalibrationSplit(List<LabeledImage> choosing, List<LabeledImage> calibrating) {

    public CalibrationSplit {
        choosing = List.copyOf(choosing);
        calibrating = List.copyOf(calibrating);
    }

    /** All images choose the epoch; none calibrates. */
    public static CalibrationSplit none(List<LabeledImage> validation) {
        return new CalibrationSplit(validation, List.of());
    }

    /**
     * Divides the images by names and seed, whatever the order of the list.
     *
     * @param share of the images that calibrate, as nearly as whole subjects allow; at least one subject chooses
     * @param group attribute that says which images belong together; empty if none do
     */
    public static CalibrationSplit of(List<LabeledImage> validation, double share, String group, long seed) {
        List<Group> groups = Group.of(validation, group).stream()
                .sorted(Group.byChance(new SeededOrder(seed)))
                .toList();
        long wanted = Math.round(share * validation.size());
        Set<String> calibrating = new HashSet<>();
        for (Group together : groups.subList(0, Math.max(0, groups.size() - 1))) {
            if (calibrating.size() < wanted) {
                together.images().forEach(image -> calibrating.add(image.name()));
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
