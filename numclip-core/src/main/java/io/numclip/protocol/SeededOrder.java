package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import io.numclip.storage.SeededHash;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A random order of images that depends only on the seed and their names, not on the order of a list. */
public record SeededOrder(long seed) {

    /** @return indices into the list, in random order */
    public int[] of(List<LabeledImage> images) {
        record Placed(long key, String name, int place) {}
        return IntStream.range(0, images.size())
                .mapToObj(place -> {
                    String name = images.get(place).name();
                    return new Placed(key(name), name, place);
                })
                .sorted(Comparator.comparingLong(Placed::key).thenComparing(Placed::name))
                .mapToInt(Placed::place)
                .toArray();
    }

    /** All numbers are equally likely. */
    long key(String name) {
        return new SeededHash(seed).of(name);
    }
}
