package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.Constants;
import io.numclip.spi.HeadContext;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.pf4j.Extension;

/**
 * The cumulative link model: P(y ≤ concept k) = F(θ_k − w·f) with rising thresholds, θ_k = θ_1 + Σ a_j² (McCullagh
 * 1980; Vargas et al. 2020 for networks). Cross-entropy on its logits is its negative log-likelihood.
 */
public final class CumulativeLinkHead extends FeatureHead {

    private static final int CONCEPT_AXIS = 0;

    private final Link link;
    private final Parameter weight;
    private final Parameter first;
    private final Parameter steps;

    private CumulativeLinkHead(Config config, HeadContext context) {
        super(context);
        link = config.link();
        int thresholds = context.bins().size() - 1;
        float[] ones = new float[thresholds - 1];
        Arrays.fill(ones, 1);
        weight = weight("weight", new Shape(context.embedDim(), 1));
        first = bias("first", -(thresholds - 1) / 2f);
        steps = bias("steps", ones);
    }

    @Override
    NDArray logits(NDArray features, Function<Parameter, NDArray> value) {
        NDArray rises = value.apply(steps).square().cumSum(CONCEPT_AXIS); // (K − 2)
        NDArray start = value.apply(first); // ()
        NDArray thresholds = start.concat(rises.add(start), CONCEPT_AXIS); // (K − 1)
        NDArray score = features.matMul(value.apply(weight)); // (N, 1)
        return Survival.logits(link.logSurvival(thresholds.sub(score))); // (N, K)
    }

    public Link link() {
        return link;
    }

    /** The distribution F of the noise. */
    public enum Link {
        /** F(x) = σ(x): proportional odds. */
        LOGIT {
            @Override
            NDArray logSurvival(NDArray x) {
                return Survival.logSigmoid(x.neg()); // (N, K − 1)
            }
        },
        /** F(x) = 1 − exp(−exp(x)): proportional hazards. */
        CLOGLOG {
            @Override
            NDArray logSurvival(NDArray x) {
                NDArray largest = Constants.number(x, LARGEST_EXPONENT); // ()
                return x.minimum(largest).exp().neg(); // (N, K − 1)
            }
        };

        /** Of {@code exp} in {@link #CLOGLOG}. */
        public static final float LARGEST_EXPONENT = 15;

        /** log(1 − F(x)) */
        abstract NDArray logSurvival(NDArray x);
    }

    /** @param link the distribution of the noise */
    public record Config(Link link) {
        public Config {
            Objects.requireNonNull(link, "link");
        }
    }

    /** {@code type: cumulative-link}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "cumulative-link";
        }

        @Override
        public Config defaults() {
            return new Config(Link.LOGIT);
        }

        @Override
        public String source() {
            return "cumulative link model: McCullagh 1980; Vargas, Gutiérrez, Hervás-Martínez 2020; "
                    + "P(y ≤ k) = F(θ_k − w·f)";
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new CumulativeLinkHead(config, context);
        }
    }
}
