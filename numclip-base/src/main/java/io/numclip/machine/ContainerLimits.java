package io.numclip.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What the control groups of Linux (cgroup, version 1 or 2) allow this process, as a container sets them.
 *
 * @param processors how much processor time in every second, in processors; empty: no limit
 * @param memory in bytes; empty: no limit
 */
public record ContainerLimits(OptionalDouble processors, OptionalLong memory) {

    private static final long NO_LIMIT = 1L << 60; // version 1 writes a number near the largest long

    /** Of this process; no limits where the system is not Linux. */
    public static ContainerLimits read() {
        return read(Path.of("/"));
    }

    /** @param root has the folders {@code proc} and {@code sys} */
    static ContainerLimits read(Path root) {
        List<Path> groups = new ArrayList<>();
        Path mount = root.resolve("sys/fs/cgroup");
        for (String line : text(root.resolve("proc/self/cgroup")).lines().toList()) {
            String[] parts = line.split(":", 3); // number, controllers, path
            if (parts.length == 3) {
                bases(mount, parts[1]).forEach(base -> addWithParents(base, parts[2], groups));
            }
        }
        return new ContainerLimits(
                groups.stream().flatMapToDouble(ContainerLimits::processors).min(),
                groups.stream().flatMapToLong(ContainerLimits::memory).min());
    }

    /** Where the controllers are mounted; version 2 names none and has all in one place. */
    private static Stream<Path> bases(Path mount, String controllers) {
        return controllers.isEmpty()
                ? Stream.of(mount)
                : Stream.of(controllers.split(",", -1)).map(mount::resolve);
    }

    /** A limit of a parent holds for its children. Inside a container the path may lead nowhere, and the base has the limits. */
    private static void addWithParents(Path base, String path, List<Path> groups) {
        Path group = base.resolve(path.replaceFirst("^/+", "")).normalize();
        while (group != null && group.startsWith(base)) {
            groups.add(group);
            group = group.getParent();
        }
        groups.add(base);
    }

    private static DoubleStream processors(Path group) {
        String[] both = text(group.resolve("cpu.max")).strip().split(" ", -1);
        return both.length == 2
                ? share(both[0], both[1])
                : share(text(group.resolve("cpu.cfs_quota_us")), text(group.resolve("cpu.cfs_period_us")));
    }

    private static DoubleStream share(String quota, String period) {
        long time = number(quota);
        long of = number(period);
        return time > 0 && of > 0 ? DoubleStream.of((double) time / of) : DoubleStream.empty();
    }

    private static LongStream memory(Path group) {
        return Stream.of("memory.max", "memory.limit_in_bytes")
                .mapToLong(name -> number(text(group.resolve(name))))
                .filter(bytes -> bytes > 0 && bytes < NO_LIMIT);
    }

    /** 0 for {@code max}, for -1 and for nothing. */
    private static long number(String text) {
        return text.strip().matches("\\d{1,19}") ? parsed(text.strip()) : 0;
    }

    private static long parsed(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException larger) {
            return NO_LIMIT;
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
