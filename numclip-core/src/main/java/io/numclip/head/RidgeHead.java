package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.spi.FineHead;
import io.numclip.spi.FittedHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.InvalidSettingException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Ridge regression on image features: ŷ = w·f + b with the w that minimises Σ (y − w·f − b)² + α·|w|² (Hoerl and
 * Kennard 1970), found in closed form before the first epoch. The number does not depend on the concepts.
 */
public final class RidgeHead extends AbstractBlock implements FittedHead {

    private static final int MANY = 2048; // features, more than projected ones ever are

    private final double alpha;
    private final Parameter weight;
    private final Parameter bias;

    private RidgeHead(Config config, HeadContext context) {
        alpha = config.alpha();
        weight = addParameter(ZeroParameter.of("weight", new Shape(context.embedDim())));
        bias = addParameter(ZeroParameter.of("bias", new Shape(1)));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray features = inputs.get(1); // (N, D)
        NDArray slope = parameters.getValue(weight, features.getDevice(), training); // (D)
        NDArray intercept = parameters.getValue(bias, features.getDevice(), training); // (1)
        return new NDList(features.matMul(slope).add(intercept)); // (N)
    }

    @Override
    public void fit(NDArray logits, NDArray imageFeatures, NDArray values) {
        try (NDManager scope = imageFeatures.getManager().newSubManager()) {
            NDArray features = imageFeatures.toType(DataType.FLOAT64, false); // (N, D)
            NDArray labels = values.toType(DataType.FLOAT64, false).reshape(-1, 1); // (N, 1)
            NDArray featureMean = features.mean(new int[] {0}, true); // (1, D)
            NDArray labelMean = labels.mean(new int[] {0}, true); // (1, 1)
            NDArray centred = features.sub(featureMean); // (N, D)
            NDArray rest = labels.sub(labelMean); // (N, 1)
            new NDList(features, labels, featureMean, labelMean, centred, rest).attach(scope);
            NDArray slopes = slopes(centred, rest, scope); // (D, 1)
            NDArray intercept = labelMean.sub(featureMean.matMul(slopes)); // (1, 1)
            set(weight, slopes);
            set(bias, intercept);
        }
    }

    /** With many features of fewer images, w = fᵀ(f·fᵀ + α)⁻¹y, whose matrix is the smaller one. */
    private NDArray slopes(NDArray features, NDArray labels, NDManager scope) {
        long images = features.getShape().get(0);
        long width = features.getShape().get(1);
        boolean byImages = width > MANY && images < width;
        NDArray turned = features.transpose(); // (D, N)
        NDArray gram = byImages ? features.matMul(turned) : turned.matMul(features); // (N, N) or (D, D)
        NDArray moment = byImages ? labels : turned.matMul(labels); // (N, 1) or (D, 1)
        double[] solved = solve(gram.toDoubleArray(), moment.toDoubleArray());
        NDArray found = scope.create(solved, new Shape(solved.length, 1)); // (N, 1) or (D, 1)
        return byImages ? turned.matMul(found) : found; // (D, 1)
    }

    private double[] solve(double[] gram, double[] moment) {
        int width = moment.length;
        RealMatrix matrix = new Array2DRowRealMatrix(width, width);
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                matrix.setEntry(i, j, (gram[i * width + j] + gram[j * width + i]) / 2 + (i == j ? alpha : 0));
            }
        }
        return new CholeskyDecomposition(matrix)
                .getSolver()
                .solve(new ArrayRealVector(moment, false))
                .toArray();
    }

    private static void set(Parameter parameter, NDArray solution) {
        NDArray array = parameter.getArray();
        array.set(new NDIndex("..."), solution.toType(DataType.FLOAT32, false).reshape(array.getShape()));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0))};
    }

    /** @param alpha how strongly large weights are penalised; above 0 */
    public record Config(double alpha) {
        public Config {
            if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
                throw new InvalidSettingException("alpha", "must be a positive number; found " + alpha);
            }
        }
    }

    /** {@code type: ridge}. */
    @Extension
    public static final class Factory implements FineHead.Factory<Config> {

        @Override
        public String type() {
            return "ridge";
        }

        @Override
        public Config defaults() {
            return new Config(0.01);
        }

        @Override
        public String source() {
            return "ridge regression: Hoerl, Kennard 1970; ŷ = w·f + b, minimising Σ (y − ŷ)² + α·|w|²";
        }

        @Override
        public FineHead create(Config config, HeadContext context) {
            return new RidgeHead(config, context);
        }
    }
}
