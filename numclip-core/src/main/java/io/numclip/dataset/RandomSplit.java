package io.numclip.dataset;

import io.numclip.data.Split;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits groups of images at random, as {@link SplitShares} says. Where that would leave nothing for the test, for training,
 * or for the validation images that are taken out of training, the groups that are nearest to it in place move there.
 */
record RandomSplit(SplitShares shares) {

    /** Of fewer groups, a part may be empty. */
    static final int FEWEST_GROUPS = 3;

    private record Placed(String group, double place) {}

    Map<String, Split> of(Collection<String> groups) {
        List<Placed> order = Set.copyOf(groups).stream()
                .map(group -> new Placed(group, shares.place(group)))
                .sorted(Comparator.comparingDouble(Placed::place).thenComparing(Placed::group))
                .toList();
        int tests = count(order, shares.test());
        int untrained = count(order, shares.test() + shares.validation());
        if (order.size() >= FEWEST_GROUPS) {
            int others = shares.validation() == 0 ? 1 : 2; // parts besides the test
            tests = Math.max(1, Math.min(tests, order.size() - others));
            untrained = Math.max(tests, Math.min(untrained, order.size() - 1));
        }
        Map<String, Split> splits = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            Split split = i < tests ? Split.TEST : i < untrained ? Split.VALIDATION : Split.TRAIN;
            splits.put(order.get(i).group(), split);
        }
        return splits;
    }

    private static int count(List<Placed> order, double below) {
        return (int) order.stream().filter(each -> each.place() < below).count();
    }
}
