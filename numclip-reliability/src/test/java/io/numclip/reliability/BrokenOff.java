package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.storage.FolderLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Breaks a command off, by a kill or a signal, at random moments, until it comes to its end. */
final class BrokenOff {

    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.(new|old)[-0-9a-f]{36}|.+\\.part");
    private static final int DEEPEST = 4;
    private static final double MOST_SECONDS = 10;

    private final Work work;
    private final Path folder;
    private final Set<String> leftovers = new HashSet<>();
    private int runs;
    private long millis;

    int kills;
    int inWrites;
    int inCacheWrites;
    int signals;
    int promised;
    double longest;

    BrokenOff(Work work, Path folder) {
        this.work = work;
        this.folder = folder;
    }

    int runs() {
        return runs;
    }

    private Path fresh(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private static Path out(Path home) {
        return home.resolve("out");
    }

    /** What the command writes when nobody breaks it off. */
    Map<String, String> unbroken(int seed) throws IOException, InterruptedException {
        Path home = fresh("unbroken-" + seed);
        Program program = work.in(home);
        String[] arguments = work.arguments(out(home), seed);
        long start = System.nanoTime();
        assertThat(program.run(arguments)).as(program.err()).isZero();
        millis = (System.nanoTime() - start) / 1_000_000;
        return FolderDigests.of(out(home));
    }

    /**
     * Killed, two times of three inside a write, until it ends or all is written. A kill between the last write and the end
     * leaves the file of a lock, which holds nothing: that one does not count.
     */
    Map<String, String> killed(int seed) throws IOException, InterruptedException {
        Path home = fresh("killed-" + seed + "-" + ++runs);
        Program program = work.in(home);
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + runs);
        for (int attempt = 1; !work.isFinished(out(home)); attempt++) {
            BooleanSupplier moment = random.nextInt(3) > 0 ? insideWrite(home, random) : after(moment(random, attempt));
            OptionalInt ended = program.killedWhen(moment, work.arguments(out(home), seed));
            if (ended.isPresent()) {
                assertThat(ended.getAsInt()).as(program.err()).isZero();
                return FolderDigests.of(out(home));
            }
            assertThat(program.err()).doesNotContain("bug in NumCLIP", "damaged");
            count(home);
        }
        Map<String, String> digests = FolderDigests.of(out(home));
        digests.keySet().removeIf(name -> FolderLock.isLock(Path.of(name)));
        return digests;
    }

    /** A kill was inside a write if it has left something unfinished that was not there before, or not as long. */
    private void count(Path home) {
        kills++;
        List<Path> fresh = unfinished(home).stream()
                .filter(file -> leftovers.add(file + " " + length(file)))
                .toList();
        inWrites += fresh.isEmpty() ? 0 : 1;
        inCacheWrites += fresh.stream().anyMatch(file -> file.startsWith(home.resolve("cache"))) ? 1 : 0;
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    /** Later and later, so that each command comes to its end on a slow machine too. */
    private long moment(SplittableRandom random, int attempt) {
        return random.nextLong(millis * attempt + 1);
    }

    private static BooleanSupplier after(long millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        return () -> System.nanoTime() > end;
    }

    /** While a file or folder is there that is not complete: the first, or one of the next, at once or a little later. */
    private BooleanSupplier insideWrite(Path home, SplittableRandom random) {
        Path watched = random.nextInt(4) == 0 ? home : out(home);
        Set<Path> passed = new TreeSet<>(unfinished(watched));
        int[] toPass = {random.nextInt(4)};
        long later = random.nextInt(4) > 0 ? 0 : random.nextLong(millis / 4 + 1);
        BooleanSupplier[] moment = {null};
        return () -> {
            for (Path file : moment[0] == null ? unfinished(watched) : List.<Path>of()) {
                if (passed.add(file) && toPass[0]-- == 0) {
                    moment[0] = after(later);
                }
            }
            return moment[0] != null && moment[0].getAsBoolean();
        };
    }

    /** The files and folders that are being written, and the folders that are being replaced. */
    private static List<Path> unfinished(Path home) {
        try (Stream<Path> files = Files.walk(home, DEEPEST)) {
            return files.filter(file -> UNFINISHED
                            .matcher(String.valueOf(file.getFileName()))
                            .matches())
                    .collect(Collectors.toList());
        } catch (IOException | UncheckedIOException gone) {
            return List.of();
        }
    }

    /** Stopped by signals at random moments until it ends. */
    Map<String, String> signalled(int seed, Map<String, String> unbroken) throws IOException, InterruptedException {
        Path home = fresh("signalled-" + seed + "-" + ++runs);
        Program program = work.in(home);
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + runs);
        boolean ended = false;
        for (int attempt = 1; !ended && !work.isFinished(out(home)); attempt++) {
            List<Program.Signal> heard = Program.Signal.heard();
            Program.Signal signal = heard.get(random.nextInt(heard.size()));
            Program.Ended end =
                    program.stopped(signal, moment(random, attempt), out(home), work.arguments(out(home), seed));
            ended = end.code() == 0;
            if (end.signalled()) {
                check(end, signal, program, out(home), unbroken);
            } else {
                assertThat(end.code()).as(program.err()).isZero();
            }
        }
        return FolderDigests.of(out(home));
    }

    private void check(
            Program.Ended end, Program.Signal signal, Program program, Path out, Map<String, String> unbroken)
            throws IOException {
        signals++;
        longest = Math.max(longest, end.seconds());
        assertThat(end.seconds()).as(program.err()).isLessThan(MOST_SECONDS);
        assertThat(end.code()).as(program.err()).isIn(0, signal.exitCode());
        assertThat(program.err()).doesNotContain("bug in NumCLIP", "\tat ", "damaged", "error:");
        if (end.code() != 0) {
            promised++;
            boolean silent = !program.err().contains("stopped");
            assertThat(end.begun() && silent && !FolderDigests.of(out).equals(unbroken))
                    .as("it was at work and says nothing: %s", program.err())
                    .isFalse();
        }
    }

    /** Whether most of the signals had their code: at the very end of a command one comes too late for it. */
    boolean wasHeard() {
        return promised > signals / 2;
    }
}
