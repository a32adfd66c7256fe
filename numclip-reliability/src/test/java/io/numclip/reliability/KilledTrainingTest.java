package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training that is killed again and again, half of the times inside a write, and resumed each time: its weights,
 * optimizer, metrics and predictions are those of the unbroken run, byte for byte.
 */
@Tag("campaign")
class KilledTrainingTest {

    private static final int EPOCHS = 12;
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.(new|old)[-0-9a-f]{36}|.+\\.part");
    private static final int LONGEST_MILLIS = 3_000;

    @TempDir
    Path folder;

    private Program program;
    private int kills;
    private int inWrites;

    @Test
    void endsAsTheUnbrokenRun() throws Exception {
        SmallTask.write(folder, EPOCHS);
        program = new Program(folder);
        int wanted = Campaign.size(30, 1_000);
        int seeds = Math.max(2, wanted / 50);
        int runs = 0;
        int different = 0;
        Map<String, String> last = Map.of();
        for (int seed = 1; seed <= seeds; seed++) {
            Map<String, String> unbroken = unbroken(seed);
            assertThat(unbroken)
                    .as("the comparison sees another seed")
                    .isNotEqualTo(last)
                    .hasSizeGreaterThan(8);
            last = unbroken;
            for (int run = 1; kills < wanted * seed / seeds; run++) {
                runs++;
                Map<String, String> broken = killedAndResumed(seed, run);
                different += broken.equals(unbroken) ? 0 : 1;
                assertThat(broken).as("seed %s, run %s", seed, run).isEqualTo(unbroken);
            }
        }
        Campaign.figure("G1", "kills", kills);
        Campaign.figure("G1", "of them inside a write", inWrites);
        Campaign.figure("G1", "trainings", runs);
        Campaign.figure("G1", "trainings that ended otherwise", different);
        assertThat(inWrites).isGreaterThan(kills * 3 / 10);
    }

    private Map<String, String> unbroken(int seed) throws IOException, InterruptedException {
        Path run = folder.resolve("unbroken-" + seed);
        assertThat(program.run(SmallTask.train(run, seed(seed))))
                .as(program.err())
                .isZero();
        return RunDigests.of(run);
    }

    private static String seed(int seed) {
        return "training.seed=" + seed;
    }

    private Map<String, String> killedAndResumed(int seed, int number) throws IOException, InterruptedException {
        Path run = folder.resolve("run-" + seed + "-" + number);
        SplittableRandom random = new SplittableRandom(seed * 1_000_003L + number);
        for (int attempt = 1; true; attempt++) {
            String[] command = SmallTask.train(run, seed(seed));
            boolean write = random.nextInt(3) > 0;
            if (!program.killedWhen(write ? insideWrite(run, random) : after(random, attempt), command)) {
                break;
            }
            kills++;
            inWrites += write ? 1 : 0;
        }
        if (!Files.exists(run.resolve("report.html"))) { // it ended before the kill, or with an error
            assertThat(program.run(SmallTask.train(run))).as(program.err()).isZero();
        }
        return RunDigests.of(run);
    }

    /** Longer and longer, so that each training comes to its end on a slow machine too. */
    private static BooleanSupplier after(SplittableRandom random, int attempt) {
        long end = System.nanoTime() + random.nextLong((long) LONGEST_MILLIS * attempt) * 1_000_000L;
        return () -> System.nanoTime() > end;
    }

    /** While a file or folder is there that is not complete: the first, or one of the next two. */
    private static BooleanSupplier insideWrite(Path run, SplittableRandom random) {
        int[] toPass = {random.nextInt(3)};
        String[] passing = {""};
        return () -> {
            String unfinished = unfinished(run);
            if (!unfinished.isEmpty() && !unfinished.equals(passing[0])) {
                passing[0] = unfinished;
                return toPass[0]-- == 0;
            }
            return false;
        };
    }

    /** The name of a file or folder that is being written, or of a folder that is being replaced. */
    private static String unfinished(Path run) {
        try (Stream<Path> files = Files.walk(run, 2)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> UNFINISHED.matcher(name).matches())
                    .findFirst()
                    .orElse("");
        } catch (IOException | UncheckedIOException gone) {
            return "";
        }
    }
}
