package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import io.numclip.data.Bins;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A term of the objective on the distribution: the mean-variance loss (Pan et al., CVPR 2018) over the anchors, in the
 * unit of the label scale, λ₁ · ½ · (m − y)² + λ₂ · v, with m = Σ_k p_k · anchor_k and v = Σ_k p_k · (anchor_k − m)²; in hundredths
 * of a scale that is wider than 100.
 * The paper adds cross-entropy: list {@code ranking-ce} with the form {@code plain} as another term.
 */
public final class MeanVariance implements RankingLoss {

    private final Config weights;
    private final double[] anchors;

    private MeanVariance(Config config, Bins bins) {
        double unit = LabelUnit.factor(bins);
        weights = new Config(config.mean() * unit * unit, config.variance() * unit * unit);
        anchors = bins.anchors();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray probabilities = output.logits().softmax(1); // (N, K)
        NDArray numbers = Constants.vector(probabilities, anchors); // (K)
        NDArray mean = probabilities.matMul(numbers); // (N)
        NDArray error = mean.sub(targets.values()).square().mean(); // scalar
        NDArray spread = numbers.sub(mean.reshape(-1, 1)).square(); // (N, K)
        NDArray variance = probabilities.mul(spread).sum(new int[] {1}).mean(); // scalar
        NDArray first = error.mul(Constants.number(error, weights.mean() / 2)); // scalar
        return first.add(variance.mul(Constants.number(error, weights.variance()))); // scalar
    }

    /**
     * @param mean λ₁, weight of the squared error of the mean
     * @param variance λ₂, weight of the variance
     */
    public record Config(double mean, double variance) {
        public Config {
            Range.notNegative("mean", mean);
            Range.notNegative("variance", variance);
        }
    }

    /** {@code type: mean-variance}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "mean-variance";
        }

        @Override
        public Config defaults() {
            return new Config(0.2, 0.05);
        }

        @Override
        public String source() {
            return "Mean-variance: Pan et al., CVPR 2018; λ₁ · ½ (m − y)² + λ₂ · v";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new MeanVariance(config, context.bins());
        }
    }
}
