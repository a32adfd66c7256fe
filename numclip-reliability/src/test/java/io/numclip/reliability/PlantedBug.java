package io.numclip.reliability;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Readers with planted bugs, which {@code numclip-reliability/fuzz} must find, or its figures would prove nothing. */
class PlantedBug {

    private static final HostileInput INPUT = new HostileInput();
    private static final byte[] MAGIC = "CLIP".getBytes(StandardCharsets.US_ASCII);

    @FuzzTest
    void undeclared(byte[] content) {
        INPUT.read(() -> {
            if (begins(content)) {
                throw new IllegalStateException("planted");
            }
        });
    }

    @FuzzTest
    void silent(byte[] content) {
        INPUT.read(() -> {
            if (begins(content)) {
                throw new IOException("");
            }
        });
    }

    @FuzzTest
    void slow(byte[] content) {
        INPUT.read(() -> {
            double sum = 0;
            for (long i = 0; begins(content) && i < 3_000_000_000L; i++) {
                sum += Math.sqrt(i);
            }
            if (sum < 0) {
                throw new IOException("never");
            }
        });
    }

    @FuzzTest
    void greedy(byte[] content) {
        INPUT.read(() -> {
            long taken = 0;
            for (int i = 0; begins(content) && i < 1_000; i++) {
                taken += new byte[1 << 20].length;
            }
            if (taken < 0) {
                throw new IOException("never");
            }
        });
    }

    /** One byte after the other, so that guidance by coverage is needed to get through. */
    private static boolean begins(byte[] content) {
        int i = 0;
        while (i < MAGIC.length && i < content.length && content[i] == MAGIC[i]) {
            i++;
        }
        return i == MAGIC.length;
    }
}
