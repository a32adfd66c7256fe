package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.numclip.golden.Golden;
import io.numclip.model.Part;
import io.numclip.training.optimizer.LearningRates;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingConfigTest {

    @Test
    void learningRatesFallAfterEachMilestone() {
        TrainingConfig config = config(32, 0.1, 60, 80);
        assertThat(config.decay(60)).isEqualTo(1);
        assertThat(config.decay(61)).isCloseTo(0.1, within(1e-12));
        assertThat(config.decay(81)).isCloseTo(0.01, within(1e-12));
    }

    /** The figures are made by {@code tools/golden/radam.py}. */
    @Test
    void cosineEqualsTorch() {
        List<Double> factors = new ArrayList<>();
        Golden.json("radam.json").get("cosine").forEach(factor -> factors.add(factor.asDouble()));
        TrainingConfig config = config(factors.size(), Schedule.COSINE);
        for (int epoch = 1; epoch <= factors.size(); epoch++) {
            assertThat(config.decay(epoch)).isCloseTo(factors.get(epoch - 1), within(1e-12));
        }
    }

    @Test
    void defaultsAreThePublishedRates() {
        LearningRates rates = TrainingConfig.defaults().learningRates();
        assertThat(rates.of(Part.IMAGE_ENCODER)).isEqualTo(1e-5);
        assertThat(rates.of(Part.TEXT_ENCODER)).isZero();
        assertThat(rates.of(Part.CONTEXT)).isZero();
        assertThat(rates.of(Part.LOGIT_SCALE)).isZero();
    }

    @Test
    void aFactorMultipliesEveryRateAndKeepsTheirChanges() {
        LearningRates rates = LearningRates.defaults().withFactor(3).with(Part.ADAPTER, 1e-3);
        assertThat(rates.of(Part.IMAGE_ENCODER)).isCloseTo(3e-5, within(1e-18));
        assertThat(rates.of(Part.ADAPTER)).isCloseTo(3e-3, within(1e-15));
        assertThat(rates.of(Part.CONTEXT)).isZero();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rates.withFactor(0))
                .withMessage("factor must be a positive number; found 0.0");
    }

    @Test
    void aBudgetInStepsDoesNotDependOnTheNumberOfImages() {
        TrainingConfig passes = config(32, 1);
        assertThat(passes.steps(33)).isEqualTo(2);
        assertThat(passes.steps(3200)).isEqualTo(100);
    }

    @Test
    void towersMayDecayMoreThanHeads() {
        TrainingConfig decaying = decaying(0.01, 0.1);
        assertThat(decaying.weightDecay(Part.IMAGE_ENCODER)).isCloseTo(0.11, within(1e-12));
        assertThat(decaying.weightDecay(Part.TEXT_ENCODER)).isCloseTo(0.11, within(1e-12));
        assertThat(decaying.weightDecay(Part.FINE_HEAD)).isEqualTo(0.01);
        assertThat(decaying.weightDecay(Part.LOGIT_SCALE)).isEqualTo(0.01);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decaying(0, -1))
                .withMessage("towerDecay must be 0 (none) or a positive number; found -1.0");
    }

    private static TrainingConfig decaying(double weightDecay, double towerDecay) {
        return training(1).decaying(weightDecay, towerDecay).config();
    }

    @Test
    void wrongValuesNameRuleAndFinding() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(0, 0.1))
                .withMessage("batchSize must be at least 1; found 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(1, 0.0))
                .withMessage("gamma must be above 0 and at most 1; found 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRates.frozen().with(Part.ADAPTER, -1))
                .withMessage("adapter must be 0 (frozen) or a positive number; found -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRates.frozen().with(Part.ADAPTER, 1e39))
                .withMessage("adapter must be at most 1.0E30; found 1.0E39");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LearningRates.frozen().withFactor(1e20))
                .withMessage("factor must be at most 1000000.0; found 1.0E20");
    }

    private static TrainingConfig config(int epochs, Schedule schedule) {
        return training(epochs).falling(schedule, 0.1, 2).config();
    }

    private static TrainingConfig config(int batchSize, double gamma, Integer... milestones) {
        return training(1)
                .batches(batchSize, 0)
                .falling(Schedule.MILESTONES, gamma, milestones)
                .config();
    }

    private static TestingTraining training(int epochs) {
        return TestingTraining.epochs(epochs, LearningRates.defaults());
    }
}
