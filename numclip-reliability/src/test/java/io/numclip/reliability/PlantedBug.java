package io.numclip.reliability;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;

/** Readers with planted bugs, which {@code numclip-reliability/fuzz} must find, or its figures would prove nothing. */
class PlantedBug {

    private static final HostileInput INPUT = new HostileInput();
    private static final long LONG_NANOS = 1_500_000_000;
    private static final int MEGABYTES = 600;
    private static final byte[] MAGIC = "CLIP".getBytes(StandardCharsets.US_ASCII);

    private byte[] taken = {};

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
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        INPUT.read(() -> {
            long end = threads.getCurrentThreadCpuTime() + LONG_NANOS;
            while (begins(content) && threads.getCurrentThreadCpuTime() < end) {
                Thread.onSpinWait();
            }
        });
    }

    @FuzzTest
    void greedy(byte[] content) {
        INPUT.read(() -> {
            for (int i = 0; begins(content) && i < MEGABYTES; i++) {
                taken = new byte[1 << 20];
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
