package io.numclip.features;

import io.numclip.storage.Fingerprint;
import java.nio.ByteBuffer;

/** The first 128 bits of a SHA-256, which no two images share. Keys are ordered as unsigned numbers. */
record FeatureKey(long high, long low) implements Comparable<FeatureKey> {

    /** @param fingerprint text that changes when the image does */
    static FeatureKey of(String fingerprint) {
        ByteBuffer digest = ByteBuffer.wrap(new Fingerprint().add(fingerprint).digest());
        return new FeatureKey(digest.getLong(), digest.getLong());
    }

    @Override
    public int compareTo(FeatureKey other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }
}
