package io.numclip.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.Console;
import io.numclip.training.progress.EpochResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeveralTrainingsProgressTest {

    private final StringWriter err = new StringWriter();
    private long now;

    @Test
    void onATerminalALineMovesWithinATraining() {
        TrainingProgress progress = progress(true);
        progress.begin("1/2  age, numclip, seed 1", 2);
        progress.imagesEncoded(32, 400);
        passSeconds(1);
        progress.imagesEncoded(64, 400);
        progress.epochStarted(3, 20, 60);
        assertThat(err.toString().replaceAll("\\u001b\\[\\?7[hl]", ""))
                .contains("\r\u001b[K1/2  age, numclip, seed 1: reading images")
                .contains("encoding images, 64 of 400, 11 s left")
                .endsWith("\r\u001b[K1/2  age, numclip, seed 1: epoch 3/20");
        progress.end("MAE 1.000", 1);
        assertThat(err.toString())
                .endsWith("1/2  age, numclip, seed 1: MAE 1.000, about 1 s left" + System.lineSeparator());
    }

    @Test
    void elsewhereATrainingIsALineWithTheTimeThatIsLeft() {
        TrainingProgress progress = progress(false);
        progress.begin("1/2  age, numclip, seed 1", 2);
        progress.epochStarted(3, 20, 60);
        progress.end("MAE 1.000", 1);
        progress.begin("2/2  age, coral, seed 1", 1);
        progress.end("MAE 2.000", 0);
        assertThat(err.toString().lines())
                .containsExactly(
                        "1/2  age, numclip, seed 1: MAE 1.000, about 0 s left", "2/2  age, coral, seed 1: MAE 2.000");
    }

    /** A training of an hour is not silent. */
    @Test
    void elsewhereATrainingSaysHowFarItIsWhenNothingWasSaidForHalfAMinute() {
        TrainingProgress progress = progress(false);
        progress.begin("1/2  age, numclip, seed 1", 2);
        progress.epochStarted(1, 20, 60);
        for (int batch = 1; batch <= 60; batch++) {
            passSeconds(1);
            progress.batchFinished(1, batch, 60, 0.5, 100);
        }
        passSeconds(10);
        progress.epochFinished(new EpochResult(1, Map.of(), 0.5, 2.25, true, 0, 70));
        progress.epochStarted(2, 20, 60);
        passSeconds(20);
        progress.batchFinished(2, 1, 60, 0.5, 100);
        assertThat(err.toString().lines())
                .containsExactly(
                        "1/2  age, numclip, seed 1: epoch 1/20, 30 of 60 steps  loss 0.500  100 images/s  30 s left in the"
                                + " epoch, at most 20 min in the training",
                        "1/2  age, numclip, seed 1: epoch 1/20, 60 of 60 steps  loss 0.500  100 images/s  0 s left in the"
                                + " epoch, at most 19 min in the training",
                        "1/2  age, numclip, seed 1: epoch 2/20, 1 of 60 steps  loss 0.500  100 images/s  validation MAE"
                                + " 2.250  20 min left in the epoch, at most 41 min in the training");
    }

    private void passSeconds(long seconds) {
        now += seconds * 1_000_000_000L;
    }

    private TrainingProgress progress(boolean terminal) {
        PrintWriter writer = new PrintWriter(err);
        return new TrainingProgress(new Console(writer, writer, terminal), false, () -> now);
    }
}
