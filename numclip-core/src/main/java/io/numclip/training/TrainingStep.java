package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.model.NumClipModel;
import io.numclip.model.TrainedTexts;
import io.numclip.spi.BrokenContractException;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import io.numclip.storage.Limit;
import io.numclip.training.optimizer.Optimizer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Forward pass, losses, backward pass and one optimizer step. A step with an infinite or NaN loss or gradient is
 * skipped.
 */
final class TrainingStep {

    static final String FIX = "Lower the learning rates or the weights of the losses; the best model so far is kept.";

    private final NumClipModel model;
    private final List<WeightedLoss> losses;
    private final Optimizer optimizer;
    private int skippedInARow;
    private String firstInARow = "";

    TrainingStep(NumClipModel model, List<WeightedLoss> losses, Optimizer optimizer) {
        this.model = model;
        this.losses = losses;
        this.optimizer = optimizer;
    }

    /**
     * @param number of the step in the whole run, counted from 1
     * @param labels of all training images
     * @param decay factor on all learning rates
     * @param sum collects the losses, unless the step is skipped
     * @return the weighted sum of the losses
     */
    double run(long number, InputImages.Batch batch, Labels labels, double decay, LossSum sum) {
        try (NDManager scope = model.imageTower().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray features = batch.features(model, scope, true); // (N, D)
            TrainedTexts texts = model.trainedTexts(scope);
            NumClipOutput output = model.forwardFeatures(features, texts);
            NDArray terms = evaluate(output, labels.targets(batch.indices(), scope)); // (losses)
            NDArray total = total(terms); // ()
            float[] values = terms.toFloatArray();
            double loss = total.getFloat();
            if (Double.isFinite(loss)) {
                collector.backward(total);
                texts.backward().run();
                batch.backward(model, features, collector);
            }
            if (Double.isFinite(loss) && optimizer.gradientsAreFinite()) {
                optimizer.step(decay);
                model.imageTower().version().stepTaken();
                sum.add(values, loss, batch.indices().size());
                skippedInARow = 0;
            } else {
                String first = Double.isFinite(loss) ? firstGradient() : firstLoss(values, loss);
                skip("step " + number + " (first non-finite: " + first + ")", sum);
            }
            return loss;
        }
    }

    private NDArray evaluate(NumClipOutput output, Targets targets) {
        NDList terms = new NDList();
        for (WeightedLoss each : losses) {
            terms.add(scalar(each.loss(), each.loss().evaluate(output, targets))); // ()
        }
        return NDArrays.stack(terms); // (losses)
    }

    private static NDArray scalar(RankingLoss loss, @Nullable NDArray term) {
        if (term == null || term.size() != 1) {
            throw new BrokenContractException(
                    loss,
                    "returns " + (term == null ? "null" : "the shape " + term.getShape())
                            + ", expected is one number, of the shape ()");
        }
        return term.reshape(); // ()
    }

    private NDArray total(NDArray terms) {
        double[] weights = losses.stream().mapToDouble(WeightedLoss::weight).toArray();
        return terms.mul(Constants.vector(terms, weights)).sum(); // ()
    }

    private String firstLoss(float[] values, double total) {
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return "loss " + losses.get(i).name() + " = " + values[i];
            }
        }
        return "the weighted sum of the losses = " + total;
    }

    private String firstGradient() {
        return optimizer
                .firstNonFiniteGradient()
                .map(name -> "gradient of " + name)
                .orElse("the sum of all gradients");
    }

    /**
     * What is to be kept after an epoch must be finite. The last step can break it with finite gradients, by a rate that
     * is too high, and no loss comes after it.
     */
    void requireFinite(int epoch) {
        optimizer.firstNonFinite().ifPresent(name -> {
            throw new NumClipException(
                    Kind.DIVERGED, "training diverged in epoch " + epoch + " (first non-finite: " + name + ")", FIX);
        });
    }

    /** @param place the step, and what in it was not finite */
    private void skip(String place, LossSum sum) {
        optimizer.zeroGradients();
        sum.skip(place);
        firstInARow = skippedInARow == 0 ? place : firstInARow;
        skippedInARow++;
        if (skippedInARow >= Limit.SKIPPED_STEPS.value()) {
            throw new NumClipException(
                    Kind.DIVERGED,
                    "training diverged at " + firstInARow + ": from there on, " + skippedInARow
                            + " steps in a row had a loss or gradient that is not finite",
                    FIX);
        }
    }
}
