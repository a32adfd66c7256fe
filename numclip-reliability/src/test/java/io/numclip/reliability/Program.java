package io.numclip.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program in a process of its own, which can be killed. It sees no plugins and a cache of its own. */
final class Program {

    private static final long POLL_NANOS = 200_000; // shorter than any forced write
    private static final int KILLED = 137;

    /** A signal, by the name that {@code kill} has for it. */
    enum Signal {
        TERM(15),
        INT(2);

        private static final Pattern IGNORED = Pattern.compile("(?m)^SigIgn:\\s*([0-9a-f]+)$");

        private final int number;

        Signal(int number) {
            this.number = number;
        }

        int exitCode() {
            return 128 + number;
        }

        /** Those that reach a program that is started here: a shell starts jobs in the background deaf to Ctrl-C. */
        static List<Signal> heard() throws IOException {
            Matcher ignored = IGNORED.matcher(Files.readString(Path.of("/proc/self/status")));
            long mask = ignored.find() ? Long.parseUnsignedLong(ignored.group(1), 16) : 0;
            return Stream.of(values())
                    .filter(signal -> (mask >> (signal.number - 1) & 1) == 0)
                    .toList();
        }
    }

    private final Path folder;
    private final List<String> options = new ArrayList<>();
    private final List<String> before = new ArrayList<>();
    private String main = "io.numclip.runner.Main";
    private Path plugins;
    private int threads = 1;
    private long minutes = 5;

    /** @param folder working directory, with the cache and what the program prints */
    Program(Path folder, String... options) throws IOException {
        this.folder = folder;
        this.options.addAll(List.of(options));
        this.plugins = Files.createDirectories(folder.resolve("plugins"));
    }

    /** The same program with more threads for native operations. */
    Program withThreads(int count) {
        threads = count;
        return withOption("-Dai.djl.pytorch.num_threads=" + count);
    }

    /** The same program, which may take longer. */
    Program withMinutes(long atMost) {
        minutes = atMost;
        return this;
    }

    /** The same program with the plugins of a folder. */
    Program withPlugins(Path of) {
        plugins = of;
        return this;
    }

    /** The same program with another option of Java. */
    Program withOption(String option) {
        options.add(option);
        return this;
    }

    /** The same program, deaf to signals. */
    Program deaf() {
        before.addAll(List.of("sh", "-c", "trap '' TERM INT; exec \"$@\"", "sh"));
        return this;
    }

    /** The same program in an address space that is limited, as {@code ulimit -v} does it. */
    Program withAddressSpace(int megabytes) {
        before.addAll(List.of("sh", "-c", "ulimit -v " + 1024 * megabytes + "; exec \"$@\"", "sh"));
        return this;
    }

    /** Another program, such as one with a planted fault. */
    Program withMain(Class<?> of) {
        main = of.getName();
        return this;
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dnumclip.cache=" + folder.resolve("cache"),
                "-Dnumclip.plugins=" + plugins,
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** @return the exit code */
    int run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        await(process, "to end: " + String.join(" ", arguments));
        return process.exitValue();
    }

    private void await(Process process, String what) throws IOException, InterruptedException {
        if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(minutes + " minutes were not enough " + what + "\n" + err());
        }
    }

    /**
     * Kills the program as {@code kill -9} does, once the moment has come.
     *
     * @return its exit code if it came to its end before, else empty
     */
    OptionalInt killedWhen(BooleanSupplier moment, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        while (process.isAlive() && !moment.getAsBoolean()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        process.destroyForcibly().waitFor();
        return process.exitValue() == KILLED ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /**
     * @param signalled whether the signal came before the end
     * @param begun whether this very start had begun to work by then
     * @param seconds from the signal to the end
     */
    record Ended(int code, boolean signalled, boolean begun, double seconds) {}

    /**
     * Sends a signal after a while.
     *
     * @param trace what appears when the program begins to work, if it is not there already
     */
    Ended stopped(Signal signal, long millis, Path trace, String... arguments)
            throws IOException, InterruptedException {
        boolean before = Files.exists(trace);
        Process process = start(arguments);
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return new Ended(process.exitValue(), false, true, 0);
        }
        return end(process, signal, !before && Files.exists(trace));
    }

    /** Sends a signal once the moment has come. */
    Ended stoppedWhen(BooleanSupplier moment, Signal signal, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(arguments);
        while (process.isAlive() && !moment.getAsBoolean()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        return process.isAlive() ? end(process, signal, true) : new Ended(process.exitValue(), false, true, 0);
    }

    private Ended end(Process process, Signal signal, boolean begun) throws IOException, InterruptedException {
        long start = System.nanoTime();
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        await(process, "to end after the signal " + signal);
        return new Ended(process.exitValue(), true, begun, (System.nanoTime() - start) / 1e9);
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).directory(folder.toFile());
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
        builder.environment()
                .put("CLASSPATH", System.getProperty("java.class.path")); // ONNX Runtime crashes on a long command line
        builder.redirectOutput(folder.resolve("stdout").toFile());
        builder.redirectError(folder.resolve("stderr").toFile());
        return builder.start();
    }

    String out() throws IOException {
        return Files.readString(folder.resolve("stdout"));
    }

    String err() throws IOException {
        return Files.readString(folder.resolve("stderr"));
    }
}
