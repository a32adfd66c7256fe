package io.numclip.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Resident memory of this process now, in MiB, as Linux reports it. */
record Resident(double own, double mapped) {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** @return own: heap, native memory, threads; mapped: pages of files, which the system can reclaim */
    static Resident now() throws IOException {
        return new Resident(mebibytes("RssAnon:"), mebibytes("RssFile:"));
    }

    /** The most that this process has had so far, own and mapped. */
    static double peak() throws IOException {
        return mebibytes("VmHWM:");
    }

    private static double mebibytes(String key) throws IOException {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }

    /** The lines that a script reads. */
    String lines() {
        return Program.line("own-mib", own) + "\n" + Program.line("mapped-mib", mapped);
    }
}
