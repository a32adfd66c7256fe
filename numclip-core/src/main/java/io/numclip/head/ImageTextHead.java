package io.numclip.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.HeadContext;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/**
 * Compares images with text, as CLIP does: the cosine of image and concept times the logit scale. It has no parameters
 * of its own; the prompts are what is trained.
 */
public final class ImageTextHead extends AbstractBlock implements CoarseHead {

    private ImageTextHead() {}

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, @Nullable PairList<String, Object> unused) {
        NDArray imageFeatures = inputs.get(0); // (N, D)
        NDArray textFeatures = inputs.get(1); // (K, D)
        NDArray logitScale = inputs.get(2); // ()
        return new NDList(imageFeatures.matMul(textFeatures.transpose()).mul(logitScale)); // (N, K)
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), inputShapes[1].get(0))};
    }

    /** No settings. */
    public record Config() {}

    /** {@code type: image-text}. */
    @Extension
    public static final class Factory implements CoarseHead.Factory<Config> {

        @Override
        public String type() {
            return "image-text";
        }

        @Override
        public Config defaults() {
            return new Config();
        }

        @Override
        public boolean readsTexts() {
            return true;
        }

        @Override
        public String source() {
            return "CLIP: Radford et al. 2021, arXiv:2103.00020; z = s · cos(image, concept)";
        }

        @Override
        public CoarseHead create(Config config, HeadContext context) {
            return new ImageTextHead();
        }
    }
}
