package io.numclip.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The program in a process of its own, which can be killed. It sees no plugins and a cache of its own. */
final class Program {

    private static final long MINUTES = 5;
    private static final long POLL_NANOS = 200_000; // shorter than any forced write

    private final Path folder;
    private final List<String> java = new ArrayList<>();
    private int threads = 1;

    /** @param folder working directory, with the cache and what the program prints */
    Program(Path folder, String... options) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("plugins"));
        java.add(ProcessHandle.current().info().command().orElse("java"));
        java.addAll(List.of(options));
        java.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Dguice_bytecode_gen_option=DISABLED",
                "-Dnumclip.cache=" + folder.resolve("cache"),
                "-Dnumclip.plugins=" + folder.resolve("plugins"),
                "-cp",
                System.getProperty("java.class.path"),
                "io.numclip.runner.Main"));
    }

    /** The same program with more threads for native operations. */
    Program withThreads(int count) {
        threads = count;
        return this;
    }

    /** @return the exit code */
    int run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("no end after " + MINUTES + " minutes: " + String.join(" ", arguments));
        }
        return process.exitValue();
    }

    /**
     * Kills the program as {@code kill -9} does, once the moment has come.
     *
     * @return whether it was killed; false if it came to its end before
     */
    boolean killedWhen(BooleanSupplier moment, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        while (process.isAlive() && !moment.getAsBoolean()) {
            LockSupport.parkNanos(POLL_NANOS);
        }
        boolean killed = process.isAlive();
        process.destroyForcibly().waitFor();
        return killed && process.exitValue() == 137;
    }

    /**
     * @param signalled whether the signal came before the end
     * @param seconds from the signal to the end
     */
    record Ended(int code, boolean signalled, double seconds) {}

    /** Sends SIGTERM after a while. */
    Ended stopped(long millis, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            return new Ended(process.exitValue(), false, 0);
        }
        long signal = System.nanoTime();
        process.destroy();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("no end " + MINUTES + " minutes after SIGTERM: " + err());
        }
        return new Ended(process.exitValue(), true, (System.nanoTime() - signal) / 1e9);
    }

    private Process start(String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(java)).directory(folder.toFile());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
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
