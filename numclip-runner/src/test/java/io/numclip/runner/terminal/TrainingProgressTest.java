package io.numclip.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.Console;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

    private final StringWriter err = new StringWriter();
    private long now;
    private final TrainingProgress progress =
            new TrainingProgress(new Console(new PrintWriter(err), new PrintWriter(err), false), false, () -> now);

    @Test
    void withinALongEpochALineComesEveryHalfMinute() {
        progress.epochStarted(1, 3, 100);
        steps(1, 100, 1);
        passSeconds(20); // validation
        progress.epochFinished(epoch(1));
        progress.epochStarted(2, 3, 100);
        steps(2, 40, 1);
        assertThat(err.toString().lines())
                .containsExactly(
                        "epoch 1/3, 30 of 100 steps  loss 0.500  64 images/s  70 s left in the epoch, at most 5 min in the"
                                + " training",
                        "epoch 1/3, 60 of 100 steps  loss 0.500  64 images/s  40 s left in the epoch, at most 4 min in the"
                                + " training",
                        "epoch 1/3, 90 of 100 steps  loss 0.500  64 images/s  10 s left in the epoch, at most 4 min in the"
                                + " training",
                        "epoch 1/3  loss 0.500  validation MAE 2.250  120.0 s  best",
                        "epoch 2/3, 30 of 100 steps  loss 0.500  64 images/s  2 min left in the epoch, at most 4 min in the"
                                + " training");
    }

    /** The time for validation of the epoch before counts as well. */
    @Test
    void theTimeLeftInAnEpochIncludesItsValidation() {
        EpochClock clock = new EpochClock(() -> now);
        clock.epochStarted(1, 2, 10);
        passSeconds(10);
        clock.batchFinished(10);
        passSeconds(20);
        clock.epochFinished();
        clock.epochStarted(2, 2, 10);
        passSeconds(5);
        clock.batchFinished(5);
        assertThat(clock.left()).isEqualTo("25 s left in the epoch, at most 25 s in the training");
        assertThat(clock.place()).isEqualTo("epoch 2/2, 5 of 10 steps");
    }

    @Test
    void theMemoryOfALearningTowerIsSaidBefore() {
        progress.memoryPlanned(plan(0.4, 0.4, 32, 8));
        progress.memoryPlanned(plan(3.3, 3.3, 32, 8));
        progress.memoryPlanned(plan(2.6, 6.6, 5, 2.7));
        progress.memoryPlanned(plan(2.2, 6.6, 1, 2.1));
        assertThat(err.toString().lines())
                .containsExactly(
                        "the image tower needs about 3.3 GB of memory while it learns, beside Java's heap",
                        "5 of the 32 images of a batch go through the image tower at a time, with the same gradients: all would"
                                + " need about 6.6 GB, and 2.7 GB are free",
                        "warning: the image tower needs about 2.2 GB while it learns, but 2.1 GB are free beside Java's heap; a"
                                + " smaller one, training.learningRates.imageEncoder=0 or training.lora needs less");
    }

    private static TrainingListener.MemoryPlan plan(double needed, double wanted, int images, double free) {
        return new TrainingListener.MemoryPlan(
                (long) (needed * 1e9), (long) (wanted * 1e9), images, 32, (long) (free * 1e9));
    }

    @Test
    void shortEpochsAreALineEach() {
        progress.resumed(List.of(epoch(1), epoch(2)));
        for (int epoch = 3; epoch <= 4; epoch++) {
            progress.epochStarted(epoch, 4, 2);
            steps(epoch, 2, 1);
            progress.epochFinished(epoch(epoch));
        }
        assertThat(err.toString().lines())
                .containsExactly(
                        "resuming after epoch 2",
                        "epoch 3/4  loss 0.500  validation MAE 2.250  120.0 s  best",
                        "epoch 4/4  loss 0.500  validation MAE 2.250  120.0 s  best");
    }

    @Test
    void imagesThatAreLearnedAgainAreSaidOnce() {
        progress.learnsAgain("all 150 images, for the model that is kept");
        progress.epochStarted(1, 4, 2);
        steps(1, 2, 1);
        progress.epochStarted(2, 4, 2);
        assertThat(err.toString().lines())
                .containsExactly("learning again: all 150 images, for the model that is kept");
    }

    @Test
    void encodingManyImagesIsNotSilent() {
        progress.imagesEncoded(0, 1000);
        passSeconds(40);
        progress.imagesEncoded(100, 1000);
        passSeconds(10);
        progress.imagesEncoded(125, 1000);
        progress.imagesEncoded(1000, 1000);
        assertThat(err.toString().lines())
                .containsExactly(
                        "encoding images, 100 of 1000, 6 min left", "the frozen image tower has encoded 1000 images");
    }

    private void steps(int epoch, int count, long seconds) {
        for (int batch = 1; batch <= count; batch++) {
            passSeconds(seconds);
            progress.batchFinished(epoch, batch, 100, 0.5, 64);
        }
    }

    private void passSeconds(long seconds) {
        now += seconds * 1_000_000_000L;
    }

    private static EpochResult epoch(int number) {
        return new EpochResult(number, Map.of(), 0.5, 2.25, true, 0, 120);
    }
}
