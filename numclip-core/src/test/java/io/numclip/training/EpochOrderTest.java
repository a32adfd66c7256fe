package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.training.optimizer.LearningRates;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EpochOrderTest {

    private static final Bins BINS = new Bins(List.of(new Bin("low", 0, 10, 5), new Bin("high", 10, 100, 55)));
    private static final long SEED = 3;

    @Test
    void withoutABudgetAnEpochIsOnePassOverTheImages() {
        EpochOrder order = order(10, 4, 0, Sampling.NATURAL);
        assertThat(order.of(1)).isEqualTo(RandomOrder.permutation(10, SEED, 1));
        assertThat(order.of(2)).isEqualTo(RandomOrder.permutation(10, SEED, 2));
    }

    /** Fewer images than a batch, more, and as many as two steps hold. */
    @ParameterizedTest
    @CsvSource({"3, 4, 5", "10, 4, 2", "25, 4, 2", "8, 4, 2"})
    void stepsTakeTheirImagesFromPassesThatFollowOneAnother(int images, int batch, int steps) {
        EpochOrder order = order(images, batch, steps, Sampling.NATURAL);
        int[] all = IntStream.rangeClosed(1, 6)
                .flatMap(epoch -> IntStream.of(order.of(epoch)))
                .toArray();
        int[] passes = IntStream.rangeClosed(1, all.length / images + 1)
                .flatMap(pass -> IntStream.of(RandomOrder.permutation(images, SEED, pass)))
                .limit(all.length)
                .toArray();
        assertThat(order.of(1)).hasSize(batch * steps);
        assertThat(all).isEqualTo(passes);
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void anEpochFollowsFromItsNumberAlone(Sampling sampling) {
        EpochOrder unbroken = order(10, 4, 3, sampling);
        for (int epoch = 1; epoch < 5; epoch++) {
            unbroken.of(epoch);
        }
        assertThat(order(10, 4, 3, sampling).of(5)).isEqualTo(unbroken.of(5)).isNotEqualTo(unbroken.of(4));
    }

    private static EpochOrder order(int images, int batch, int steps, Sampling sampling) {
        TrainingConfig config = TestingTraining.epochs(6, LearningRates.defaults())
                .batches(batch, steps)
                .seed(SEED)
                .sampled(sampling)
                .config();
        return EpochOrder.of(config, TestingImages.squares(images), BINS, new LabelScale(0, 100, "years"));
    }
}
