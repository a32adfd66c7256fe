package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.InvalidSettingException;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Tip-Adapter (Zhang et al., ECCV 2022): z = s·cos(x, concept) + α·Σ exp(−β·(1 − cos(x, xₛ)))·yₛ over the training images
 * xₛ, with yₛ the unit vector of their concept. Nothing is trained; α and β are those with the highest accuracy on the
 * validation images, searched as in the public code. Notation: S images that the cache has room for.
 */
public final class TipAdapterHead extends AbstractBlock implements FittedCoarseHead {

    private static final float INITIAL_DEVIATION = 0.01f;
    /** Of which exp is not 0 yet. */
    public static final double SMALLEST_EXPONENT = -87;

    private static final double SMALLEST = 0.1;
    private static final double LARGEST_BETA = 7;
    private static final int BETAS = 200;
    private static final double LARGEST_ALPHA = 3;
    private static final int ALPHAS = 20;

    private final Config config;
    private final int concepts;
    private final Parameter keys; // (S, D)
    private final Parameter values; // (S, K)
    private final Parameter alpha; // (1)
    private final Parameter beta; // (1)

    private TipAdapterHead(Config config, HeadContext context) {
        this.config = config;
        concepts = context.bins().size();
        Initializer random = new SeededNormal(INITIAL_DEVIATION);
        keys = add("keys", new Shape(config.size(), context.embedDim()), random);
        values = add("values", new Shape(config.size(), concepts), random);
        alpha = add("alpha", new Shape(1), constant(config.alpha()));
        beta = add("beta", new Shape(1), constant(config.beta()));
    }

    private Parameter add(String name, Shape shape, Initializer initializer) {
        return addParameter(Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.WEIGHT)
                .optShape(shape)
                .optInitializer(initializer)
                .build());
    }

    private static Initializer constant(double value) {
        return (manager, shape, type) -> manager.full(shape, (float) value);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray features = inputs.get(0); // (N, D)
        NDArray logits = features.matMul(inputs.get(1).transpose()).mul(inputs.get(2)); // (N, K)
        NDArray cached = cached(
                features.matMul(value(parameters, keys, features, training).transpose()), // (N, S)
                value(parameters, values, features, training),
                value(parameters, beta, features, training));
        return new NDList(logits.add(cached.mul(value(parameters, alpha, features, training)))); // (N, K)
    }

    private static NDArray value(ParameterStore store, Parameter parameter, NDArray beside, boolean training) {
        return store.getValue(parameter, beside.getDevice(), training);
    }

    /**
     * @param cosines (N, S)
     * @return (N, K)
     */
    private static NDArray cached(NDArray cosines, NDArray values, NDArray beta) {
        return cosines.mul(beta).sub(beta).clip(SMALLEST_EXPONENT, 0).exp().matMul(values);
    }

    @Override
    public void fit(Examples training, Examples validation, NDArray textFeatures, NDArray logitScale) {
        ImageRoom.count(training.imageFeatures(), config.size());
        try (NDManager scope = training.imageFeatures().getManager().newSubManager()) {
            NDArray examples = training.bins().oneHot(concepts).toType(DataType.FLOAT32, false); // (n, K)
            NDArray logits =
                    validation.imageFeatures().matMul(textFeatures.transpose()).mul(logitScale); // (M, K)
            NDArray cosines =
                    validation.imageFeatures().matMul(training.imageFeatures().transpose()); // (M, n)
            new NDList(examples, logits, cosines).attach(scope);
            ImageRoom.fill(keys, training.imageFeatures());
            ImageRoom.fill(values, examples);
            search(logits, cosines, examples, validation.bins());
        }
    }

    /** Keeps the first of the best; the settings themselves, if no pair is better than they. */
    private void search(NDArray logits, NDArray cosines, NDArray examples, NDArray bins) {
        double best = accuracy(logits, cosines, examples, bins, config.beta(), config.alpha());
        for (int b = 0; b < BETAS; b++) {
            double someBeta = step(b, LARGEST_BETA, BETAS);
            for (int a = 0; a < ALPHAS; a++) {
                double someAlpha = step(a, LARGEST_ALPHA, ALPHAS);
                double found = accuracy(logits, cosines, examples, bins, someBeta, someAlpha);
                if (found > best) {
                    best = found;
                    ImageRoom.set(beta, someBeta);
                    ImageRoom.set(alpha, someAlpha);
                }
            }
        }
    }

    private static double step(int index, double largest, int count) {
        return index * (largest - SMALLEST) / count + SMALLEST;
    }

    private static double accuracy(
            NDArray logits, NDArray cosines, NDArray examples, NDArray bins, double someBeta, double someAlpha) {
        try (NDManager scope = logits.getManager().newSubManager()) {
            NDArray own = cosines.duplicate();
            own.attach(scope);
            NDArray sum = cached(own, examples, scope.create((float) someBeta))
                    .mul(scope.create((float) someAlpha))
                    .add(logits); // (M, K)
            return sum.argMax(1).eq(bins).toType(DataType.INT64, false).sum().getLong();
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), concepts)};
    }

    /**
     * @param size training images that the cache has room for; 0: as many as there are
     * @param alpha weight of the cache, if the search finds no better one
     * @param beta how fast an image loses influence with its distance, likewise
     */
    public record Config(int size, double alpha, double beta) {

        public Config {
            ImageRoom.checkSize(size);
            if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
                throw new InvalidSettingException("alpha", "must be a positive number; found " + alpha);
            }
            if (!(beta > 0 && beta < Double.POSITIVE_INFINITY)) {
                throw new InvalidSettingException("beta", "must be a positive number; found " + beta);
            }
        }
    }

    /** {@code type: tip-adapter}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "tip-adapter";
        }

        @Override
        public Config defaults() {
            return new Config(ImageRoom.AS_MANY_AS_THERE_ARE, 1, 5.5);
        }

        @Override
        public boolean readsTexts() {
            return true;
        }

        @Override
        public String source() {
            return "Tip-Adapter: Zhang et al., ECCV 2022, arXiv:2207.09519; z = s·cos + α·Σ exp(−β·(1 − cos(x, xₛ)))·yₛ";
        }

        @Override
        public Config forImages(Config config, int trainingImages) {
            return new Config(ImageRoom.of(config.size(), trainingImages), config.alpha(), config.beta());
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new TipAdapterHead(config, context);
        }
    }
}
