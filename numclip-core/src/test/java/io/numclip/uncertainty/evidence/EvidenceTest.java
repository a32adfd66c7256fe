package io.numclip.uncertainty.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final Bins AGES = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 50),
            new Bin("older adult", 65, 100, 80)));
    private static final double[] NUMBERS = {2, 15, 25, 50, 90};

    @Test
    void aMeanBetweenTwoTruthsIsNone() {
        Evidence either = Evidence.of(new double[] {0.63, 0.01, 0, 0.01, 0.35}, NUMBERS);
        assertThat(either.number()).isCloseTo(2, within(1e-9));
        assertThat(either.others(0.1)).hasSize(1);
        assertThat(either.others(0.1).get(0).number()).isCloseTo(90, within(1e-9));
        assertThat(either.others(0.1).get(0).weight()).isCloseTo(0.35, within(1e-9));
        assertThat(either.others(0.4)).isEmpty();
    }

    @Test
    void withoutAGapTheNumberIsTheMean() {
        double[] weights = {0.1, 0.3, 0.4, 0.15, 0.05};
        double mean = 0;
        for (int k = 0; k < weights.length; k++) {
            mean += weights[k] * NUMBERS[k];
        }
        Evidence one = Evidence.of(weights, NUMBERS);
        assertThat(one.number()).isCloseTo(mean, within(1e-9));
        assertThat(one.others(0)).isEmpty();
    }

    @Test
    void aNetworkThatSaysOnlyANumberKeepsIt() {
        assertThat(Evidence.of(41.5, AGES).number()).isEqualTo(41.5);
        assertThat(Evidence.of(-3, AGES).number()).isEqualTo(-3);
    }

    @Test
    void farFromItsTrainingANetworkCountsLess() {
        Nearby children = new Nearby(0.1, new double[] {1, 0, 0, 0, 0}, new double[] {4, 0, 0, 0, 0});
        Evidence sureAndWrong = Evidence.of(new double[] {0, 0, 0, 0, 1}, NUMBERS);
        assertThat(sureAndWrong.with(children).number()).isCloseTo(4, within(1e-9));
        assertThat(sureAndWrong.with(children).others(0.1))
                .extracting(Evidence.Other::number)
                .containsExactly(90.0);
        assertThat(children.mixed(new double[] {0, 0, 0, 0, 1}))
                .containsExactly(new double[] {0.9, 0, 0, 0, 0.1}, within(1e-9));
    }

    /** Two humps with an empty stretch between them, of any place, width and weight. */
    @RepeatedTest(100)
    void theNumberIsNeverInTheGap(RepetitionInfo turn) {
        Random random = new Random(turn.getCurrentRepetition());
        int classes = 5 + random.nextInt(60);
        int gap = 1 + random.nextInt(classes - 3);
        int after = gap + 1 + random.nextInt(classes - gap - 1);
        double[] weights = new double[classes];
        double[] numbers = new double[classes];
        for (int k = 0; k < classes; k++) {
            weights[k] = k < gap || k >= after ? 0.2 + random.nextDouble() : 0.005 * random.nextDouble();
            numbers[k] = k + random.nextDouble();
        }
        Evidence evidence = Evidence.of(weights, numbers);
        double lower = Arrays.stream(weights, 0, gap).sum();
        double upper = Arrays.stream(weights, after, classes).sum();
        double number = evidence.number();
        assertThat(number < gap || number >= after).isTrue();
        assertThat(number < gap).isEqualTo(lower >= Arrays.stream(weights).sum() / 2);
        assertThat(evidence.others(0.02)).hasSize(Math.min(lower, upper) >= 0.02 * (lower + upper) ? 1 : 0);
    }
}
