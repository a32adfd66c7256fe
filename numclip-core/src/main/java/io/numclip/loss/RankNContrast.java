package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import io.numclip.spi.Constants;
import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * A term of the objective that contrasts images: Rank-N-Contrast (Zha et al., NeurIPS 2023) over image features. For
 * each image i and each other image j, it is −log of exp(s_ij) divided by the sum of exp(s_ik) over all other images k
 * whose label is at least as far from that of i as the label of j; s is the negative Euclidean distance divided by the
 * temperature. The mean over all pairs. Time N² log N, memory N².
 */
public final class RankNContrast implements RankingLoss {

    private static final double LOWEST_TEMPERATURE = 0.05; // exp(−2 / temperature) must not underflow in float32
    private static final float NEVER_ZERO = 1e-6f; // the slope of √ is infinite at 0: equal images

    private final double temperature;

    private RankNContrast(Config config) {
        temperature = config.temperature();
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray similarity = similarity(output.headFeatures()); // (N, N)
        NDArray labels = targets.values().reshape(-1, 1); // (N, 1)
        NDArray apart = labels.sub(labels.transpose()).abs(); // (N, N)
        NDArray farthestFirst = apart.argSort(1, false); // (N, N) positions in a row
        NDArray self =
                similarity.getManager().eye(Math.toIntExact(apart.getShape().get(0))); // (N, N)
        NDArray isSelf = self.toDevice(similarity.getDevice(), false).gather(farthestFirst, 1); // (N, N)
        NDArray isOther = isSelf.neg().add(1); // (N, N)
        NDArray sorted = similarity.gather(farthestFirst, 1); // (N, N)
        NDArray soFar = sorted.exp().mul(isOther).cumSum(1); // (N, N) sum over images as far or farther, except ties
        NDArray asFar = soFar.gather(lastOfEqual(apart.gather(farthestFirst, 1)), 1); // (N, N)
        NDArray terms = asFar.add(isSelf).log().sub(sorted).mul(isOther); // (N, N)
        return terms.sum().div(isOther.sum().maximum(1)); // scalar
    }

    private NDArray similarity(NDArray features) {
        NDArray squares = features.square().sum(new int[] {1}, true); // (N, 1)
        NDArray products = features.matMul(features.transpose()); // (N, N)
        NDArray squared = squares.add(squares.transpose()).sub(products).sub(products); // (N, N)
        NDArray distance = Activation.relu(squared).add(NEVER_ZERO).sqrt(); // (N, N)
        return distance.mul(Constants.number(features, -1 / temperature)); // (N, N)
    }

    /**
     * @param sorted (N, N) rows of numbers that are not negative, largest first
     * @return (N, N) for each position, the last position in its row with the same number
     */
    private static NDArray lastOfEqual(NDArray sorted) {
        int count = Math.toIntExact(sorted.getShape().get(1));
        NDArray after = sorted.concat(sorted.get(":, :1").mul(0).sub(1), 1).get(":, 1:"); // (N, N), −1 at the end
        NDArray isLast = sorted.neq(after).toType(DataType.INT64, false); // (N, N)
        NDArray place = isLast.cumSum(1).sub(isLast); // (N, N) how many different numbers come before
        NDArray places = sorted.getManager().arange(0, count, 1, DataType.INT64, sorted.getDevice()); // (N)
        NDArray ends = places.sub(count - 1).mul(isLast).add(count - 1).sort(1); // (N, N) ends of equal runs, in order
        return ends.gather(place, 1); // (N, N)
    }

    /** @param temperature divides the distance */
    public record Config(double temperature) {
        public Config {
            if (!(temperature >= LOWEST_TEMPERATURE && temperature < Double.POSITIVE_INFINITY)) {
                throw new InvalidSettingException(
                        "temperature", "must be at least " + LOWEST_TEMPERATURE + "; found " + temperature);
            }
        }
    }

    /** {@code type: rank-n-contrast}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "rank-n-contrast";
        }

        @Override
        public Config defaults() {
            return new Config(2);
        }

        @Override
        public String source() {
            return "Rank-N-Contrast: Zha et al., NeurIPS 2023, arXiv:2210.01189; −log exp s_ij / Σ_k: |y_i − y_k| ≥ |y_i − y_j| exp s_ik";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            return new RankNContrast(config);
        }
    }
}
