package io.numclip.training;

import io.numclip.clip.lora.Lora;
import io.numclip.model.Part;
import io.numclip.spi.InvalidSettingException;
import io.numclip.training.optimizer.LearningRates;
import io.numclip.training.optimizer.Optimizer;
import io.numclip.training.progress.Kept;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to train.
 *
 * @param epochs how often every training image is seen, if {@code stepsPerEpoch} is 0; 0 leaves the model as it starts
 * @param batchSize images per step
 * @param seed of the order of images, of their random changes and of a label drawn of several; in an experiment the
 *     seed of all else that {@code seeds} leaves out
 * @param milestones epochs (counted from 1) after which all learning rates are multiplied by {@code gamma}, with the
 *     schedule of this name
 * @param gamma factor at each milestone
 * @param patience epochs without a better validation MAE before training ends early; 0 = never
 * @param augment random changes to training images, different in each epoch
 * @param learningRates one for each part of the network
 * @param pixelCacheMegabytes memory for decoded images, which saves decoding or drawing them again in each epoch; images
 *     that are cropped at random are not kept
 * @param microBatch images per pass through a trained image tower, to save memory with large batches; the tower then
 *     runs twice; 0 = the whole batch, or as many as there is memory for
 * @param sampling which training images an epoch sees
 * @param stepsPerEpoch steps of an epoch, over images from one pass after another, so that trainings on few and on many
 *     images can be equally long; 0: one pass over the training images
 * @param schedule how the learning rates fall
 * @param weightDecay times a parameter, it is added to the gradient (RAdam) or, times the learning rate too, taken away from
 *     the parameter (AdamW)
 * @param optimizer takes the steps
 * @param lora low-rank changes that are trained in place of a tower's weights, at the tower's learning rate
 * @param towerDecay what is added to {@code weightDecay} for the weights of both towers, and for their low-rank changes
 * @param keep whether the model of the epoch with the lowest validation MAE is kept, or that of the last epoch
 * @param refit none; or all: once they have chosen the epoch, the validation images are learned, too, in six more trainings, five
 *     of them for the intervals
 */
public record TrainingConfig(
        int epochs,
        int batchSize,
        long seed,
        List<Integer> milestones,
        double gamma,
        int patience,
        Augmentation augment,
        LearningRates learningRates,
        int pixelCacheMegabytes,
        int microBatch,
        Sampling sampling,
        int stepsPerEpoch,
        Schedule schedule,
        double weightDecay,
        Optimizer.Choice optimizer,
        Lora lora,
        double towerDecay,
        Kept keep,
        Refit refit) {

    public TrainingConfig {
        milestones = List.copyOf(milestones);
        atLeast("epochs", 0, epochs);
        atLeast("batchSize", 1, batchSize);
        atLeast("patience", 0, patience);
        atLeast("pixelCacheMegabytes", 0, pixelCacheMegabytes);
        atLeast("microBatch", 0, microBatch);
        atLeast("stepsPerEpoch", 0, stepsPerEpoch);
        milestones.forEach(milestone -> atLeast("milestones", 1, milestone));
        if (!(gamma > 0 && gamma <= 1)) {
            throw new InvalidSettingException("gamma", "must be above 0 and at most 1; found " + gamma);
        }
        requireDecay("weightDecay", weightDecay);
        requireDecay("towerDecay", towerDecay);
    }

    private static void requireDecay(String name, double decay) {
        if (!(decay >= 0 && decay < Double.POSITIVE_INFINITY)) {
            throw new InvalidSettingException(name, "must be 0 (none) or a positive number; found " + decay);
        }
    }

    /** With RAdam, all weights of a tower that is trained, and the best epoch. */
    public TrainingConfig(
            int epochs,
            int batchSize,
            long seed,
            List<Integer> milestones,
            double gamma,
            int patience,
            Augmentation augment,
            LearningRates learningRates,
            int pixelCacheMegabytes,
            int microBatch,
            Sampling sampling,
            int stepsPerEpoch,
            Schedule schedule,
            double weightDecay) {
        this(
                epochs,
                batchSize,
                seed,
                milestones,
                gamma,
                patience,
                augment,
                learningRates,
                pixelCacheMegabytes,
                microBatch,
                sampling,
                stepsPerEpoch,
                schedule,
                weightDecay,
                Optimizer.Choice.RADAM,
                Lora.defaults(),
                0,
                Kept.BEST,
                Refit.NONE);
    }

    /** The published recipe for age, except for the 50 epochs, which are enough for a first look. */
    public static TrainingConfig defaults() {
        return new TrainingConfig(
                50,
                32,
                1,
                List.of(60),
                0.1,
                0,
                Augmentation.NONE,
                LearningRates.defaults(),
                1024,
                0,
                Sampling.NATURAL,
                0,
                Schedule.MILESTONES,
                0);
    }

    /** The low-rank changes that are made: those of towers with a learning rate, or of both where they start from a file. */
    public Lora lowRank() {
        return !lora.hasStart()
                ? lora.of(lora.towers().stream()
                        .filter(side -> learningRates.of(part(side)) > 0)
                        .toList())
                : lora;
    }

    private static Part part(Lora.Side tower) {
        return tower == Lora.Side.IMAGE ? Part.IMAGE_ENCODER : Part.TEXT_ENCODER;
    }

    /** Whether training leaves the image tower unchanged. */
    public boolean isImageTowerFrozen() {
        return learningRates.imageEncoder() == 0 || epochs == 0;
    }

    /** Whether the image tower needs to read every training image only once: it is frozen, and images never change. */
    public boolean usesImageFeatures() {
        return isImageTowerFrozen() && !augment.isOn();
    }

    /** Factor on every learning rate in an epoch, counted from 1. */
    double decay(int epoch) {
        return schedule.decay(this, epoch);
    }

    /**
     * The learning rate of every part that is trained, in an epoch, by the name of its setting. Where the rates of a
     * tower's layers differ, that of its last layer.
     *
     * @param epoch counted from 1
     */
    public Map<String, Double> rates(int epoch) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (Part part : Part.values()) {
            double rate = learningRates.of(part);
            if (rate > 0) {
                rates.put(part.setting(), rate * decay(epoch));
            }
        }
        return rates;
    }

    /** The weight decay of a part's parameters. */
    double weightDecay(Part part) {
        return part.belongsToClip() && part != Part.LOGIT_SCALE ? weightDecay + towerDecay : weightDecay;
    }

    /** How many steps an epoch has with this many training images. */
    public int steps(int images) {
        return stepsPerEpoch > 0 ? stepsPerEpoch : (images + batchSize - 1) / batchSize;
    }

    private static void atLeast(String name, int minimum, int found) {
        if (found < minimum) {
            throw new InvalidSettingException(name, "must be at least " + minimum + "; found " + found);
        }
    }
}
