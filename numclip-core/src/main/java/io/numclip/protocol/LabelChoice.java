package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Chooses some images of each label at random; the chosen images keep their order. */
final class LabelChoice {

    private LabelChoice() {}

    /** @param count how many images of a label to keep */
    static List<LabeledImage> choose(List<LabeledImage> images, ToIntFunction<Double> count, long seed) {
        BitSet kept = new BitSet();
        Map<Double, Integer> open = new HashMap<>();
        for (int index : new SeededOrder(seed).of(images)) {
            double label = images.get(index).label();
            int left = open.computeIfAbsent(label, count::applyAsInt);
            if (left > 0) {
                kept.set(index);
                open.put(label, left - 1);
            }
        }
        return kept.stream().mapToObj(images::get).toList();
    }
}
