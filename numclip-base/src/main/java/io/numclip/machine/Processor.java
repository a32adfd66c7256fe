package io.numclip.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What this machine computes with. */
public final class Processor {

    private static final Path FILE = Path.of("/proc/cpuinfo");

    private Processor() {}

    /** The name that Linux knows; empty on other systems, and where Linux knows none. */
    public static Optional<String> name() {
        try {
            return Files.readAllLines(FILE, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }
}
