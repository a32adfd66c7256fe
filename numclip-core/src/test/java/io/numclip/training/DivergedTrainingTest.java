package io.numclip.training;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException.Kind;
import io.numclip.data.RefusalAssert;
import io.numclip.model.Part;
import io.numclip.spi.RankingLoss;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.progress.EpochResult;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Losses, gradients and parameters that are not finite. */
class DivergedTrainingTest extends TrainerFixture {

    @Test
    void lossesThatStayInfiniteEndTheRun() {
        assertDiverges(times(Float.POSITIVE_INFINITY), steps(12, FROZEN_TOWER))
                .hasMessageContainingAll("diverged at step 1 ", "first non-finite: loss mean = Infinity", "10 steps");
    }

    /** A root has no slope at 0: the loss is finite and its gradient is not. */
    @Test
    void theParameterWhoseGradientIsNotFiniteIsNamed() {
        RankingLoss steep = (output, targets) ->
                output.value().sub(output.value().stopGradient()).sqrt().mean();
        assertDiverges(steep, config(8, head(1e-3)))
                .hasMessageContainingAll("diverged at step 1 ", "first non-finite: gradient of fine_head.");
    }

    @Test
    void stepsThatAreSkippedAreCountedAndSaid() throws IOException {
        AtomicInteger calls = new AtomicInteger();
        RankingLoss twice = (output, targets) -> {
            int step = calls.incrementAndGet();
            return step == 6 || step == 8
                    ? output.value().mean().mul(Float.NaN)
                    : output.value().mean();
        };
        TrainingResult result = fit(new WeightedLoss("twice", 1, twice), config(3, FROZEN_TOWER));
        assertThat(result.epochs()).extracting(EpochResult::skippedSteps).containsExactly(0, 2, 0);
        assertThat(result.epochs()).allMatch(epoch -> Double.isFinite(epoch.totalLoss()));
        assertThat(listener.warnings)
                .singleElement()
                .asString()
                .contains("epoch 2: 2 steps were skipped", "step 6 (first non-finite: loss twice = NaN)");
    }

    /** There are fewer in an epoch than may be skipped in a row. */
    @Test
    void anEpochOfSkippedStepsEndsTheTraining() {
        assertDiverges(times(Float.POSITIVE_INFINITY), steps(1, FROZEN_TOWER))
                .hasMessageContainingAll("diverged at step 1 (first non-finite: loss mean", "no step of epoch 1");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** Where an epoch has only one step, no later loss would tell. */
    @Test
    void parametersThatAreNotFiniteAreNeverKept() {
        assertDiverges(times(1e12f), steps(1, head(1e30)))
                .hasMessageContainingAll("diverged in epoch 1", "first non-finite: fine_head.");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    /** The square of such a gradient, which the optimizer keeps, is more than the largest number. */
    @Test
    void momentsThatAreNotFiniteAreNeverKept() {
        assertDiverges(times(1e25f), config(3, FROZEN_TOWER)).hasMessageContaining("first non-finite: ");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private RefusalAssert assertDiverges(RankingLoss loss, TrainingConfig config) {
        return assertRefused(Kind.DIVERGED, () -> fit(new WeightedLoss("mean", 1, loss), config));
    }

    private static RankingLoss times(float factor) {
        return (output, targets) -> output.value().mean().mul(factor);
    }

    private static LearningRates head(double rate) {
        return LearningRates.frozen().with(Part.FINE_HEAD, rate);
    }

    private static TrainingConfig steps(int number, LearningRates rates) {
        return TestingTraining.epochs(3, rates).batches(20, number).config();
    }
}
