package io.numclip.training;

import io.numclip.model.Fingerprint;

/** The first 128 bits of an image's SHA-256, which no two images share. Keys are ordered as unsigned numbers. */
record FeatureKey(long high, long low) implements Comparable<FeatureKey> {

    private static final int DIGITS = 16; // of a long, in hex

    /** @param fingerprint text that changes when the image does */
    static FeatureKey of(String fingerprint) {
        String hex = new Fingerprint().add(fingerprint).hex();
        return new FeatureKey(
                Long.parseUnsignedLong(hex, 0, DIGITS, 16), Long.parseUnsignedLong(hex, DIGITS, 2 * DIGITS, 16));
    }

    @Override
    public int compareTo(FeatureKey other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
}
