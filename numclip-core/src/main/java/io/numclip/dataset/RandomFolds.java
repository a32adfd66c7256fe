package io.numclip.dataset;

import io.numclip.data.Split;
import io.numclip.storage.SeededHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Random folds, each with fixed numbers of images of every label. A label with fewer images than the numbers add up to
 * is split in the same proportions.
 */
record RandomFolds(int count, int train, int validation, int test, long seed) implements FoldRule {

    RandomFolds {
        if (count < 1 || train < 1 || validation < 1 || test < 1) {
            throw new IllegalArgumentException("random folds need at least 1 fold and 1 image in each split");
        }
    }

    /** Images of one label that a fold uses. */
    int perLabel() {
        return train + validation + test;
    }

    @Override
    public List<String> folds(List<ListedImage> images) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    @Override
    public List<Optional<Split>> parts(List<ListedImage> images, String fold) {
        Map<Double, List<Integer>> byLabel = new TreeMap<>();
        for (int i = 0; i < images.size(); i++) {
            byLabel.computeIfAbsent(images.get(i).image().label(), label -> new ArrayList<>())
                    .add(i);
        }
        SplitShares order = new SplitShares(new SeededHash(seed).of(fold), validation, test);
        List<Optional<Split>> parts = new ArrayList<>();
        images.forEach(image -> parts.add(Optional.empty()));
        for (List<Integer> label : byLabel.values()) {
            label.sort(Comparator.comparingDouble(i -> order.place(images.get(i).key())));
            int tests = share(test, label.size());
            int validations = share(validation, label.size());
            int used = Math.min(label.size(), perLabel());
            for (int i = 0; i < used; i++) {
                Split split = i < tests ? Split.TEST : i < tests + validations ? Split.VALIDATION : Split.TRAIN;
                parts.set(label.get(i), Optional.of(split));
            }
        }
        return parts;
    }

    private int share(int quota, int found) {
        return found >= perLabel() ? quota : Math.max(1, Math.round((float) quota * found / perLabel()));
    }
}
