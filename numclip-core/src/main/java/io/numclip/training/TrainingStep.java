package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.model.NumClipModel;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.Targets;
import io.numclip.storage.Limit;
import java.util.List;

/**
 * Forward pass, losses, backward pass and one optimizer step. A step with an infinite or NaN loss or gradient is
 * skipped.
 */
final class TrainingStep {

    private final NumClipModel model;
    private final List<WeightedLoss> losses;
    private final RAdam optimizer;
    private int skippedInARow;

    TrainingStep(NumClipModel model, List<WeightedLoss> losses, RAdam optimizer) {
        this.model = model;
        this.losses = losses;
        this.optimizer = optimizer;
    }

    /**
     * @param labels of all training images
     * @param decay factor on all learning rates
     * @param sum collects the losses, unless the step is skipped
     * @return the weighted sum of the losses
     */
    double run(InputImages.Batch batch, Labels labels, double decay, LossSum sum) {
        try (NDManager scope = model.imageTower().manager().newSubManager();
                GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray features = batch.features(model, scope, true); // (N, D)
            NumClipOutput output = model.forwardFeatures(features, true);
            NDArray terms = evaluate(output, labels.targets(batch.indices(), scope)); // (losses)
            NDArray total = total(terms); // ()
            float[] values = terms.toFloatArray();
            double loss = total.getFloat();
            if (Double.isFinite(loss)) {
                collector.backward(total);
                batch.backward(model, features, collector);
            }
            if (Double.isFinite(loss) && optimizer.gradientsAreFinite()) {
                optimizer.step(decay);
                model.imageTower().version().stepTaken();
                sum.add(values, loss, batch.indices().size());
                skippedInARow = 0;
            } else {
                skip(values, sum);
            }
            return loss;
        }
    }

    private NDArray evaluate(NumClipOutput output, Targets targets) {
        NDList terms = new NDList();
        for (WeightedLoss each : losses) {
            terms.add(each.loss().evaluate(output, targets).reshape()); // ()
        }
        return NDArrays.stack(terms); // (losses)
    }

    private NDArray total(NDArray terms) {
        double[] weights = losses.stream().mapToDouble(WeightedLoss::weight).toArray();
        return terms.mul(Constants.vector(terms, weights)).sum(); // ()
    }

    private void skip(float[] values, LossSum sum) {
        optimizer.zeroGradients();
        sum.skip();
        skippedInARow++;
        if (skippedInARow < Limit.SKIPPED_STEPS.value()) {
            return;
        }
        StringBuilder found = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            found.append(' ').append(losses.get(i).name()).append('=').append(values[i]);
        }
        throw new NumClipException(
                Kind.DIVERGED,
                "training diverged: a loss or gradient was not finite in " + skippedInARow + " steps in a row; last:"
                        + found,
                "Lower the learning rates or the weights of the losses; the best model so far is kept.");
    }
}
