package io.numclip.dataset;

import io.numclip.data.Split;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes validation images out of the training images where the data set's owner names none: whole subjects, or single
 * images where there are no subjects; at least one, unless the share is 0.
 */
record ValidationShare(SplitShares shares) {

    List<Optional<Split>> complete(List<ListedImage> images, List<Optional<Split>> parts) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        int training = 0;
        for (int i = 0; i < parts.size(); i++) {
            Optional<Split> part = parts.get(i);
            if (part.equals(Optional.of(Split.VALIDATION))) {
                return parts;
            }
            if (part.equals(Optional.of(Split.TRAIN))) {
                groups.computeIfAbsent(images.get(i).group(), group -> new ArrayList<>())
                        .add(i);
                training++;
            }
        }
        long wanted = shares.validation() == 0 ? 0 : Math.max(1, Math.round(shares.validation() * training));
        return taken(groups, wanted, parts);
    }

    private List<Optional<Split>> taken(Map<String, List<Integer>> groups, long wanted, List<Optional<Split>> parts) {
        List<Optional<Split>> completed = new ArrayList<>(parts);
        List<String> order = groups.keySet().stream()
                .sorted(Comparator.comparingDouble(shares::place))
                .toList();
        int taken = 0;
        for (int group = 0; group < order.size() - 1 && taken < wanted; group++) {
            for (int image : groups.getOrDefault(order.get(group), List.of())) {
                completed.set(image, Optional.of(Split.VALIDATION));
                taken++;
            }
        }
        return completed;
    }
}
