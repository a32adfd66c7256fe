package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Map;

/**
 * Two small layers that bend image features towards the task: {@code f' = ratio·ReLU(W2·ReLU(W1·f)) + (1 − ratio)·f}
 * (CLIP-Adapter, and the code of NumCLIP).
 */
public final class ImageAdapter {

    /**
     * @param ratio share of the adapted feature in the result, 0 to 1; 0 = no adapter
     * @param reduction D divided by this is the width of the hidden layer
     */
    public record Config(double ratio, int reduction) {

        public Config {
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new IllegalArgumentException("ratio must lie within [0, 1]; found " + ratio);
            }
            if (reduction < 1) {
                throw new IllegalArgumentException("reduction must be at least 1; found " + reduction);
            }
        }

        /** The values of the published code: ratio 0.8, reduction 4. */
        public static Config defaults() {
            return new Config(0.8, 4);
        }

        /** Image features as CLIP gives them. */
        public static Config none() {
            return new Config(0, 1);
        }
    }

    /** @param manager owns the parameters */
    public ImageAdapter(Config config, int embedDim, long seed, NDManager manager) {
        throw new UnsupportedOperationException("not yet");
    }

    public Config config() {
        throw new UnsupportedOperationException("not yet");
    }

    /** @return (N, D) */
    public NDArray adapt(NDArray features) {
        throw new UnsupportedOperationException("not yet");
    }

    /** The two weights by the names of the published code; empty when the ratio is 0. */
    public Map<String, Parameter> parameters() {
        throw new UnsupportedOperationException("not yet");
    }
}
