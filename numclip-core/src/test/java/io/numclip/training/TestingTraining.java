package io.numclip.training;

import io.numclip.clip.lora.Lora;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.Kept;
import java.util.List;

/** How to train in a test, which names only what it is about. */
final class TestingTraining {

    private int epochs = 1;
    private int batchSize = 6;
    private long seed = 1;
    private List<Integer> milestones = List.of();
    private double gamma = 1;
    private int patience;
    private Augmentation augment = Augmentation.NONE;
    private LearningRates rates = LearningRates.defaults();
    private int pixelCacheMegabytes = 16;
    private int microBatch;
    private Sampling sampling = Sampling.NATURAL;
    private int steps;
    private Schedule schedule = Schedule.MILESTONES;
    private double weightDecay;
    private double towerDecay;
    private Optimizer.Choice optimizer = Optimizer.Choice.RADAM;
    private Lora lora = Lora.defaults();
    private Kept keep = Kept.BEST;

    static TestingTraining epochs(int epochs, LearningRates rates) {
        TestingTraining training = new TestingTraining();
        training.epochs = epochs;
        training.rates = rates;
        return training;
    }

    TestingTraining batches(int images, int stepsOfAnEpoch) {
        batchSize = images;
        steps = stepsOfAnEpoch;
        return this;
    }

    TestingTraining microBatch(int images) {
        microBatch = images;
        return this;
    }

    TestingTraining seed(long number) {
        seed = number;
        return this;
    }

    TestingTraining falling(Schedule how, double factor, Integer... after) {
        schedule = how;
        gamma = factor;
        milestones = List.of(after);
        return this;
    }

    TestingTraining patience(int number, Kept kept) {
        patience = number;
        keep = kept;
        return this;
    }

    TestingTraining augmented(Augmentation changes) {
        augment = changes;
        return this;
    }

    TestingTraining withoutPixelCache() {
        pixelCacheMegabytes = 0;
        return this;
    }

    TestingTraining sampled(Sampling how) {
        sampling = how;
        return this;
    }

    TestingTraining decaying(double weights, double towers) {
        weightDecay = weights;
        towerDecay = towers;
        return this;
    }

    TestingTraining optimizer(Optimizer.Choice choice) {
        optimizer = choice;
        return this;
    }

    TestingTraining lora(Lora changes) {
        lora = changes;
        return this;
    }

    TrainingConfig config() {
        return new TrainingConfig(
                epochs,
                batchSize,
                seed,
                milestones,
                gamma,
                patience,
                augment,
                rates,
                pixelCacheMegabytes,
                microBatch,
                sampling,
                steps,
                schedule,
                weightDecay,
                optimizer,
                lora,
                towerDecay,
                keep,
                Refit.NONE);
    }
}
