package io.numclip.reliability;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A program that repeats one piece of work and writes down, fifty times, what it holds: {@code Soak WORK TIMES FOLDER},
 * with the work of {@link SoakWork}. Meant for a heap of fixed size, or its growth would be seen.
 */
final class Soak {

    static final String HELD = "held.csv";
    private static final int SAMPLES = 50;
    private static final Pattern STATUS = Pattern.compile("(?m)^(VmRSS|Threads):\\s+(\\d+)");
    private static final Pattern CLASS = Pattern.compile("(?m)^ *\\d+: +(\\d+) +\\d+ +(\\S+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    /** A piece of work that is repeated in one process: a prediction, a training, or a request to a server. */
    interface Repeated extends AutoCloseable {
        void one(int i) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /**
     * What the process holds.
     *
     * @param done pieces of work
     * @param resident megabytes of memory, native memory included
     * @param heap megabytes of live objects
     * @param arrays open NDArrays and their managers
     * @param descriptors of files
     * @param files in the folder, among them the temporary ones
     */
    record Held(int done, double resident, double heap, long arrays, long descriptors, long threads, long files) {

        private static Held now(int done, Path folder) throws IOException, JMException {
            String classes = classHistogram();
            String status = Files.readString(Path.of("/proc/self/status"));
            return new Held(
                    done,
                    number(STATUS, status, "VmRSS") / 1024.0,
                    TOTAL.matcher(classes)
                                    .results()
                                    .mapToLong(found -> Long.parseLong(found.group(1)))
                                    .sum()
                            / (double) (1 << 20),
                    instances(classes, "ai.djl.pytorch.engine.PtNDArray")
                            + instances(classes, "ai.djl.pytorch.engine.PtNDManager"),
                    Objects.requireNonNull(new File("/proc/self/fd").list()).length,
                    number(STATUS, status, "Threads"),
                    entries(folder));
        }

        /** Of what is alive: it begins with a full garbage collection. */
        private static String classHistogram() throws JMException {
            return (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
        }

        private static long number(Pattern pattern, String text, String name) {
            return pattern.matcher(text)
                    .results()
                    .filter(found -> found.group(1).equals(name))
                    .mapToLong(found -> Long.parseLong(found.group(2)))
                    .sum();
        }

        private static long instances(String classes, String name) {
            return CLASS.matcher(classes)
                    .results()
                    .filter((MatchResult found) -> found.group(2).equals(name))
                    .mapToLong(found -> Long.parseLong(found.group(1)))
                    .sum();
        }

        private static long entries(Path folder) throws IOException {
            try (Stream<Path> entries = Files.walk(folder)) {
                return entries.count();
            }
        }

        private String line() {
            return String.format(
                    Locale.ROOT, "%d,%f,%f,%d,%d,%d,%d%n", done, resident, heap, arrays, descriptors, threads, files);
        }

        static Held read(String line) {
            String[] cells = line.split(",");
            return new Held(
                    Integer.parseInt(cells[0]),
                    Double.parseDouble(cells[1]),
                    Double.parseDouble(cells[2]),
                    Long.parseLong(cells[3]),
                    Long.parseLong(cells[4]),
                    Long.parseLong(cells[5]),
                    Long.parseLong(cells[6]));
        }
    }

    private Soak() {}

    public static void main(String[] arguments) throws Exception {
        int times = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        Files.createFile(folder.resolve(HELD));
        try (Repeated work = SoakWork.valueOf(arguments[0]).in(folder)) {
            for (int i = 0; i < times; i++) {
                work.one(i);
                if ((long) (i + 1) * SAMPLES / times > (long) i * SAMPLES / times) {
                    Held held = Held.now(i + 1, folder);
                    Files.writeString(folder.resolve(HELD), held.line(), StandardOpenOption.APPEND);
                }
            }
        }
        System.exit(0); // whatever threads the work has left
    }

    static List<Held> read(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve(HELD)).stream().map(Held::read).toList();
    }
}
