package io.numclip.host.plugin;

/** How much one plugin may unpack to. Counts what is really there, not what the archive claims. */
final class ArchiveBudget {

    static final int PACKED_BYTES = 64 << 20;
    static final long UNPACKED_BYTES = 256L << 20;
    static final int RATIO = 100;
    static final long RATIO_FREE_BYTES = 1 << 20;
    static final int ENTRIES = 2000;
    static final int LIBRARY_ENTRIES = 50_000;

    private static final String FIX =
            "make the plugin smaller, for example by reading large data from a file at run time";

    private final long packed;
    private long unpacked;

    ArchiveBudget(long packed) {
        this.packed = packed;
    }

    static void checkPacked(long bytes) {
        if (bytes > PACKED_BYTES) {
            throw new PluginRefusedException("is larger than 64 MB", FIX);
        }
    }

    static void checkEntries(int entries, int most) {
        if (entries > most) {
            throw new PluginRefusedException("has more than " + most + " entries", FIX);
        }
    }

    void countBytes(int bytes) {
        unpacked += bytes;
        if (unpacked > UNPACKED_BYTES) {
            throw new PluginRefusedException("unpacks to more than 256 MB", FIX);
        }
        if (unpacked > RATIO_FREE_BYTES && unpacked > RATIO * packed) {
            throw new PluginRefusedException("unpacks to more than " + RATIO + " times its size", FIX);
        }
    }
}
