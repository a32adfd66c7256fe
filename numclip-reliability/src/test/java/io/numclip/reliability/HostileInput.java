package io.numclip.reliability;

import com.sun.management.ThreadMXBean;
import io.numclip.data.NumClipException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Reads input that nobody vouches for, and holds the reader to what all readers promise: it returns or throws a declared
 * exception whose message says something, within a second of processor time and 512 MB of allocation, and leaves no file
 * outside its folder.
 */
public final class HostileInput {

    private static final double SECONDS = 1;
    private static final long BYTES = 512L << 20;
    private static final int MESSAGE = 10_000;

    private final double seconds;
    private final Set<Class<?>> further;
    private final Path folder;

    /** What reads the input. */
    @FunctionalInterface
    public interface Reading {
        void run() throws IOException;
    }

    /** @param further exceptions that the reader declares, beside {@link NumClipException} and {@link IOException} */
    public HostileInput(Class<?>... further) {
        this(SECONDS, further);
    }

    /** @param seconds of processor time that an input may take, with the fuzzer's counters in every loop */
    public HostileInput(double seconds, Class<?>... further) {
        this.seconds = seconds;
        this.further = Set.of(further);
        try {
            Path memory = Path.of("/dev/shm");
            folder = Files.isWritable(memory)
                    ? Files.createTempDirectory(memory, "hostile-")
                    : Files.createTempDirectory("hostile-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
    }

    /** An empty folder of this name for one input; what an earlier input left is gone. */
    public Path empty(String name) {
        try {
            delete(folder.resolve(name));
            return Files.createDirectory(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file with this content. */
    public Path file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads an input. One that takes too much is read up to twice more, and the last reading counts: the first of all loads
     * classes, what the fuzzer makes of them is memory of this thread, and a busy neighbour of the processor costs it time.
     *
     * @return whether the reader accepted the input
     */
    public boolean read(Reading reading) {
        Cost first = Cost.of(() -> accepted(reading));
        Cost counted = first;
        for (int again = 0; again < 2 && isTooMuch(counted); again++) {
            counted = Cost.of(() -> accepted(reading));
        }
        if (counted.seconds() > seconds) {
            throw new AssertionError("took " + counted.seconds() + " s of processor time");
        }
        if (counted.bytes() > BYTES) {
            throw new AssertionError("allocated " + counted.bytes() + " bytes");
        }
        return counted.accepted();
    }

    private record Cost(boolean accepted, double seconds, long bytes) {

        static Cost of(BooleanSupplier reading) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long begun = threads.getCurrentThreadCpuTime();
            long allocated = threads.getCurrentThreadAllocatedBytes();
            boolean accepted = reading.getAsBoolean();
            double seconds = (threads.getCurrentThreadCpuTime() - begun) / 1e9;
            return new Cost(accepted, seconds, threads.getCurrentThreadAllocatedBytes() - allocated);
        }
    }

    private boolean isTooMuch(Cost cost) {
        return cost.seconds() > seconds || cost.bytes() > BYTES;
    }

    private boolean accepted(Reading reading) {
        try {
            reading.run();
            return true;
        } catch (IOException | RuntimeException failure) {
            if (!isDeclared(failure)) {
                throw new AssertionError("threw an exception that it does not declare", failure);
            }
            String message = String.valueOf(failure.getMessage());
            if (message.isBlank() || message.equals("null") || message.length() > MESSAGE) {
                throw new AssertionError("a message of " + message.length() + " characters", failure);
            }
            return false;
        }
    }

    private boolean isDeclared(Exception failure) {
        return failure instanceof NumClipException
                || failure instanceof IOException
                || further.stream().anyMatch(declared -> declared.isInstance(failure));
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
