package io.numclip.sample;

import io.numclip.data.ImageSource;
import io.numclip.data.Split;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Identifies one sample image. The key determines everything about the image, so the same key gives the same image on
 * every machine and in any order of drawing.
 *
 * @param world a name such as {@code age-1}; another name gives other random numbers
 * @param index position in the split: 0, 1, 2, …
 * @param seed another seed gives another world
 */
public record SampleKey(String world, Split split, int index, long seed) {

    private static final double GOLDEN_RATIO = 0.6180339887498949;

    public SampleKey {
        if (world.isBlank()) {
            throw new IllegalArgumentException("a sample needs the name of its world; found a blank one");
        }
        if (index < 0) {
            throw new IllegalArgumentException("a sample needs an index of 0 or more; found " + index);
        }
    }

    /** Random numbers for this image alone. Streams with different names are independent of each other. */
    public SampleRandom random(String stream) {
        return new SampleRandom(mix(splitState() ^ mix(index), stream.hashCode()));
    }

    /**
     * A number in [0, 1). The numbers of consecutive indices are evenly spread (the golden ratio sequence), so labels
     * computed from them cover their scale with few images as well as with many.
     */
    public double spread() {
        double start = new SampleRandom(splitState()).between(0, 1);
        return (start + index * GOLDEN_RATIO) % 1;
    }

    /** Unique within the split, such as {@code test-00042}. */
    public String name() {
        return String.format(Locale.ROOT, "%s-%05d", split, index);
    }

    /** What {@link ImageSource#fingerprint()} gives for the image of this key. */
    public String fingerprint() {
        return "sample|" + world + "|" + split + "|" + index + "|" + seed;
    }

    private long splitState() {
        return mix(mix(seed, world.hashCode()), split.toString().hashCode());
    }

    private static long mix(long state, long value) {
        return mix(state * 31 + mix(value));
    }

    /** Makes neighbouring numbers unlike each other. */
    private static long mix(long value) {
        return new SplittableRandom(value).nextLong();
    }
}
