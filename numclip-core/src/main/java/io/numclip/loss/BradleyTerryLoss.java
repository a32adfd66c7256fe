package io.numclip.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import io.numclip.data.Bins;
import io.numclip.spi.Constants;
import io.numclip.spi.NumClipOutput;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.Targets;
import org.pf4j.Extension;

/**
 * Learns from what people said of pairs of images, by the chances of Bradley and Terry (1952): the mean −log of the chance of all answers
 * about two images of the batch, where a is more than b with 1 / (1 + exp(−(value(a) − value(b)) / width)). 0 if nobody compared two of
 * them.
 */
public final class BradleyTerryLoss implements RankingLoss {

    private static final double USUAL_SHARE = 0.1;

    private final double width;

    private BradleyTerryLoss(double width) {
        this.width = width;
    }

    @Override
    public NDArray evaluate(NumClipOutput output, Targets targets) {
        NDArray values =
                output.value().div(Constants.number(output.value(), width)).reshape(-1, 1); // (N, 1)
        NDArray lead = values.sub(values.transpose()); // (N, N) of rows over columns
        NDArray terms = Activation.softPlus(lead.neg()); // (N, N) −log of the chance that the row is more
        NDArray said = targets.comparisons(); // (N, N)
        return terms.mul(said).sum().div(said.sum().maximum(1)); // ()
    }

    /**
     * @param width of two images that are so far apart, in the unit of the label scale, 73 of 100 answers name the one that is more; 0: a
     *     tenth of the range of the number concepts
     */
    public record Config(double width) {
        public Config {
            Range.notNegative("width", width);
        }
    }

    /** {@code type: bradley-terry}. */
    @Extension
    public static final class Factory implements RankingLoss.Factory<Config> {

        @Override
        public String type() {
            return "bradley-terry";
        }

        @Override
        public Config defaults() {
            return new Config(0);
        }

        @Override
        public String source() {
            return "Bradley and Terry, Biometrika 1952; log-likelihood of comparisons by people";
        }

        @Override
        public RankingLoss create(Config config, Context context) {
            Bins bins = context.bins();
            double range = bins.get(bins.size() - 1).upper() - bins.get(0).lower();
            return new BradleyTerryLoss(config.width() > 0 ? config.width() : USUAL_SHARE * range);
        }
    }
}
