package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** Draws some of the images of each label by chance; those that stay keep their order. */
final class LabelDraw {

    private LabelDraw() {}

    /** @param count how many images of a label to keep */
    static List<LabeledImage> draw(List<LabeledImage> images, ToIntFunction<Double> count, long seed) {
        Set<LabeledImage> kept = Collections.newSetFromMap(new IdentityHashMap<>());
        Map<Double, Integer> open = new HashMap<>();
        images.stream().sorted(new SeededOrder(seed).images()).forEach(image -> {
            int left = open.computeIfAbsent(image.label(), count::applyAsInt);
            if (left > 0) {
                kept.add(image);
                open.put(image.label(), left - 1);
            }
        });
        return images.stream().filter(kept::contains).toList();
    }
}
