package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** A random order of images that follows from the seed and their names alone, not from the order of a list. */
record SeededOrder(long seed) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** @return the places of the images in the list, in this order */
    int[] of(List<LabeledImage> images) {
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

    /** Any number, equally likely. */
    long key(String name) {
        long hash = FNV_OFFSET ^ mixed(seed);
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (letter & 0xff)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    /** The finisher of SplitMix64: each bit of the input reaches all bits of the result. */
    private static long mixed(long bits) {
        long z = bits + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
