package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM at a random moment of a training, from its first millisecond to its report: it ends soon, says how to resume, and loses nothing. */
@Tag("campaign")
class StoppedTrainingTest {

    private static final int EPOCHS = 12;
    private static final int LONGEST_MILLIS = 3_000;
    private static final double MOST_SECONDS = 10;
    private static final int SIGTERM = 143;

    @TempDir
    Path folder;

    private Program program;
    private int signals;
    private double longest;

    @Test
    void endsSoonAndLosesNothing() throws Exception {
        SmallTask.write(folder, EPOCHS);
        program = new Program(folder);
        Path whole = folder.resolve("unbroken");
        assertThat(program.run(SmallTask.train(whole))).as(program.err()).isZero();
        Map<String, String> unbroken = RunDigests.of(whole);
        int wanted = Campaign.size(20, 200);
        int runs = 0;
        for (int run = 1; signals < wanted; run++) {
            runs++;
            assertThat(stoppedAndResumed(run, folder.resolve("run-" + run)))
                    .as("run %s", run)
                    .isEqualTo(unbroken);
        }
        Campaign.figure("G4", "signals", signals);
        Campaign.figure("G4", "trainings that ended as the unbroken one", runs);
        Campaign.figure("G4", "most seconds from signal to end", longest);
    }

    private Map<String, String> stoppedAndResumed(int number, Path run) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(number);
        int code = SIGTERM;
        for (int attempt = 1; code != 0; attempt++) {
            Program.Ended ended =
                    program.stopped(random.nextLong((long) LONGEST_MILLIS * attempt), SmallTask.train(run));
            code = ended.code();
            if (ended.signalled()) {
                signals++;
                longest = Math.max(longest, ended.seconds());
                assertThat(ended.seconds()).as(program.err()).isLessThan(MOST_SECONDS);
                assertThat(code).as(program.err()).isIn(0, SIGTERM);
                assertThat(program.err()).doesNotContain("bug in NumCLIP", "\tat ", "damaged");
            } else {
                assertThat(code).as(program.err()).isZero();
            }
        }
        return RunDigests.of(run);
    }
}
