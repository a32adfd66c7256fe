package io.numclip.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps libtorch to the processors that this process may use. libtorch asks the system for its threads, and the system
 * does not tell it of the processor time that a container is limited to, nor of {@code -XX:ActiveProcessorCount}. With
 * more threads than processors every operation waits for the slowest thread.
 */
public final class ProcessorShare {

    private static final String PROPERTY = "ai.djl.pytorch.num_threads"; // DJL reads it once, at its start
    private static final String VARIABLE = "OMP_NUM_THREADS";
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern ALLOWED = Pattern.compile("Cpus_allowed_list:\\s*([-\\d,]+)");

    private ProcessorShare() {}

    /** Before the first class of DJL. What the user has set, as by {@code OMP_NUM_THREADS}, stays. */
    public static void ensure() {
        int java = Runtime.getRuntime().availableProcessors();
        if (System.getProperty(PROPERTY) == null && isLess(java, allowed(), System.getenv(VARIABLE))) {
            System.setProperty(PROPERTY, String.valueOf(java));
        }
    }

    /** With how many threads to compute in all: what the user has set, or else as many as there are processors. */
    public static int chosen() {
        return chosen(
                System.getProperty(PROPERTY),
                System.getenv(VARIABLE),
                Runtime.getRuntime().availableProcessors());
    }

    /** @param variable of OpenMP: a number, or several with commas, of which the first counts */
    static int chosen(@Nullable String property, @Nullable String variable, int processors) {
        return Stream.of(Optional.ofNullable(property), Optional.ofNullable(variable))
                .flatMap(Optional::stream)
                .map(set -> set.split(",", -1)[0].strip())
                .filter(set -> set.matches("[1-9]\\d{0,3}"))
                .map(Integer::parseInt)
                .findFirst()
                .orElse(processors);
    }

    /** Whether libtorch must be told. */
    static boolean isLess(int java, int allowed, @Nullable String chosen) {
        return java < allowed && (chosen == null || chosen.isBlank());
    }

    /** The processors that the system lets this process run on, without regard to limits of time. */
    public static int allowed() {
        try {
            return count(Files.readString(STATUS));
        } catch (IOException notLinux) {
            return Runtime.getRuntime().availableProcessors();
        }
    }

    /** @param status content of {@code /proc/self/status} */
    static int count(String status) {
        Matcher line = ALLOWED.matcher(status);
        int count = 0;
        if (line.find()) {
            for (String range : line.group(1).split(",", -1)) {
                String[] ends = range.split("-", -1);
                count += Integer.parseInt(ends[ends.length - 1]) - Integer.parseInt(ends[0]) + 1;
            }
        }
        return count;
    }
}
