package io.numclip.runner.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.starter.Trial.Result;
import io.numclip.runner.starter.Trial.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final StarterTraining LEARNED = StarterTraining.of(1000, 3e-4);
    private static final StarterTraining WARPED = LEARNED.warped();
    private static final StarterTraining FROZEN = StarterTraining.of(1000, 0).withOtherRate(1e-2);

    @Test
    void whatPaysLateMayBeALittleWorse() {
        assertThat(chosen(1, 2, 1)).isEqualTo(LEARNED);
        assertThat(chosen(1, 1.2, 1)).isEqualTo(WARPED);
        assertThat(chosen(1.05, 2, 1)).isEqualTo(LEARNED);
        assertThat(chosen(1.2, 1.3, 1)).isEqualTo(FROZEN);
        assertThat(chosen(2, 1.05, 1)).isEqualTo(WARPED);
        assertThat(chosen(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 1))
                .isEqualTo(FROZEN);
    }

    private static StarterTraining chosen(double learned, double warped, double frozen) {
        return Trial.chosen(LEARNED, WARPED, FROZEN, Map.of(LEARNED, learned, WARPED, warped, FROZEN, frozen)::get);
    }

    @Test
    void eachTrainingHasATitleOfItsOwn() {
        assertThat(List.of(LEARNED.title(), WARPED.title(), FROZEN.title()))
                .containsExactly(
                        "image tower at 3e-4",
                        "image tower at 3e-4, images warped",
                        "image tower frozen, the rest at 1e-2");
    }

    @Test
    void aSimplePredictorThatIsBetterIsSaid() {
        assertThat(lines(0.5, 0.7))
                .anyMatch(line -> line.startsWith("A simple predictor, nearest neighbours, pixels, is"));
        assertThat(lines(0.69, 0.7)).noneMatch(line -> line.startsWith("A simple predictor"));
    }

    private static List<String> lines(double simple, double trained) {
        Result result = new Result(
                List.of(new Row("nearest neighbours, pixels", simple, 0), new Row(LEARNED.title(), trained, 1)),
                LEARNED,
                10,
                5,
                Duration.ofSeconds(3));
        return new TrialText(result, "years").lines();
    }
}
