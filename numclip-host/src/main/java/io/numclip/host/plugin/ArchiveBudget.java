package io.numclip.host.plugin;

import io.numclip.storage.Limit;

/** How much one plugin may unpack to. Counts what is really there, not what the archive claims. */
final class ArchiveBudget {

    static final long RATIO_FREE_BYTES = 1 << 20;

    private static final String FIX =
            "make the plugin smaller, for example by reading large data from a file at run time";

    private final long packed;
    private long unpacked;

    ArchiveBudget(long packed) {
        this.packed = packed;
    }

    static void checkPacked(long bytes) {
        if (bytes > Limit.PLUGIN_BYTES.value()) {
            throw new PluginRefusedException(Limit.PLUGIN_BYTES.exceededBy("has too many bytes"), FIX);
        }
    }

    static void checkEntries(int entries, Limit most) {
        if (entries > most.value()) {
            throw new PluginRefusedException(most.exceededBy("has too many entries"), FIX);
        }
    }

    void countBytes(int bytes) {
        unpacked += bytes;
        if (unpacked > Limit.PLUGIN_UNPACKED_BYTES.value()) {
            throw new PluginRefusedException(Limit.PLUGIN_UNPACKED_BYTES.exceededBy("unpacks to too many bytes"), FIX);
        }
        if (unpacked > RATIO_FREE_BYTES && unpacked > Limit.PLUGIN_RATIO.value() * packed) {
            throw new PluginRefusedException(Limit.PLUGIN_RATIO.exceededBy("unpacks to too many times its size"), FIX);
        }
    }
}
