package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import io.numclip.spi.Constants;
import io.numclip.spi.InvalidSettingException;
import io.numclip.storage.SeededHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Two small layers that adapt image features to the task: {@code f' = ratio·ReLU(W2·ReLU(W1·f)) + (1 − ratio)·f}
 * (CLIP-Adapter, and the code of NumCLIP). Notation: D width of the joint space, R = D / reduction.
 */
public final class ImageAdapter {

    /**
     * @param ratio share of the adapted feature in the result, 0 to 1; 0 = no adapter
     * @param reduction D divided by this is the width of the hidden layer
     */
    public record Config(double ratio, int reduction) {

        public Config {
            if (!(ratio >= 0 && ratio <= 1)) {
                throw new InvalidSettingException("ratio", "must lie within [0, 1]; found " + ratio);
            }
            if (reduction < 1) {
                throw new InvalidSettingException("reduction", "must be at least 1; found " + reduction);
            }
        }

        /** The values of the published code: ratio 0.8, reduction 4. */
        public static Config defaults() {
            return new Config(0.8, 4);
        }

        /** No adapter: image features as CLIP gives them. */
        public static Config none() {
            return new Config(0, 1);
        }
    }

    private static final String DOWN = "adapter.fc.0.weight";
    private static final String UP = "adapter.fc.2.weight";

    private final Config config;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    /** @param manager owns the parameters */
    public ImageAdapter(Config config, int embedDim, long seed, NDManager manager) {
        this.config = config;
        if (config.ratio() > 0) {
            int hidden = Math.max(1, embedDim / config.reduction());
            SeededHash seeds = new SeededHash(seed);
            parameters.put(DOWN, linear(hidden, embedDim, seeds.of(DOWN), manager)); // (R, D)
            parameters.put(UP, linear(embedDim, hidden, seeds.of(UP), manager)); // (D, R)
        }
    }

    public Config config() {
        return config;
    }

    /**
     * @param features (N, D)
     * @return (N, D)
     */
    public NDArray adapt(NDArray features) {
        if (parameters.isEmpty()) {
            return features;
        }
        ScopedParameters scoped = new ScopedParameters(features.getManager());
        NDArray down = scoped.view(parameters.get(DOWN)).transpose(); // (D, R)
        NDArray up = scoped.view(parameters.get(UP)).transpose(); // (R, D)
        NDArray hidden = Activation.relu(features.matMul(down)); // (N, R)
        NDArray adapted = Activation.relu(hidden.matMul(up)); // (N, D)
        NDArray ratio = Constants.number(features, config.ratio()); // ()
        NDArray rest = Constants.number(features, 1 - config.ratio()); // ()
        return adapted.mul(ratio).add(features.mul(rest)); // (N, D)
    }

    /** The two weights by the names of the published code; empty when the ratio is 0. */
    public Map<String, Parameter> parameters() {
        return parameters;
    }

    /** Uniform within ±1/√inputs, as {@code torch.nn.Linear} is initialised. */
    private static Parameter linear(int outputs, int inputs, long seed, NDManager manager) {
        SplittableRandom random = new SplittableRandom(seed);
        double bound = 1 / Math.sqrt(inputs);
        float[] values = new float[outputs * inputs];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        Parameter parameter = Parameter.builder()
                .setName("weight")
                .setType(Parameter.Type.WEIGHT)
                .build();
        parameter.setArray(manager.create(values, new Shape(outputs, inputs)));
        parameter.freeze(true);
        return parameter;
    }
}
