package io.numclip.storage;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * A 64-bit hash of names that differs from seed to seed and is the same on every machine: FNV-1a, whose bits
 * {@link SplittableRandom} then mixes.
 */
public record SeededHash(long seed) {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** All numbers are equally likely. */
    public long of(String name) {
        long hash = FNV_OFFSET ^ mixed(seed);
        for (byte letter : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (letter & 0xff)) * FNV_PRIME;
        }
        return mixed(hash);
    }

    private static long mixed(long bits) {
        return new SplittableRandom(bits).nextLong();
    }
}
