package io.numclip.clip.directory;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a CLIP or of one of its relatives. What a tower computes is data here: the forms say which parts it has.
 *
 * @param text null: there is an image tower only
 * @param projectionDim D, the width of the joint space, or of the image tower's features
 * @param logitScaleInit the logarithm of the initial logit scale
 */
public record ClipConfig(@Nullable Text text, Vision vision, int projectionDim, double logitScaleInit) {

    public ClipConfig {
        check("projection_dim", projectionDim, 8192);
    }

    /** Whether there is a text tower. */
    public boolean hasText() {
        return text != null;
    }

    /** Whether both towers are built as CLIP's are, which is what {@code config.json} can say. */
    public boolean isPlainClip() {
        return text != null
                && text.form().equals(TextForm.CLIP)
                && vision.form().equals(ImageForm.CLIP);
    }

    /** @throws NumClipException if there is an image tower only */
    @Override
    public Text text() {
        if (text == null) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "this model has an image tower only, and reads no texts",
                    "Use a model with both towers, or a method without words.");
        }
        return text;
    }

    /** The same for images of another size; the positions of the image tower are resized. */
    ClipConfig at(int imageSize) {
        if (!vision.hasNetwork()) {
            return pixels(imageSize);
        }
        if (vision.isConvolutional()) {
            return convolutional(imageSize);
        }
        ClipConfig.Vision other = new Vision(
                imageSize,
                vision.patchSize(),
                vision.hiddenSize(),
                vision.intermediateSize(),
                vision.layers(),
                vision.heads(),
                vision.activation(),
                vision.layerNormEps(),
                vision.form());
        return new ClipConfig(text, other, projectionDim, logitScaleInit);
    }

    private ClipConfig convolutional(int imageSize) {
        if (imageSize < vision.patchSize()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "images of %d pixels are too small to be halved %d times".formatted(imageSize, vision.layers()),
                    "Set backbone.imageSize to " + vision.patchSize() + " or more, or to 0.");
        }
        Vision other = Vision.convolutional(imageSize, vision.hiddenSize(), vision.layers());
        return new ClipConfig(text, other, projectionDim, logitScaleInit);
    }

    private ClipConfig pixels(int imageSize) {
        if (imageSize % vision.grid() != 0) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "pixels are averaged over %d x %d equal squares; images of %d pixels cannot be divided into them"
                            .formatted(vision.grid(), vision.grid(), imageSize),
                    "Set backbone.imageSize to a multiple of " + vision.grid() + ", or to 0.");
        }
        return new ClipConfig(text, Vision.pixels(imageSize, vision.grid()), projectionDim, logitScaleInit);
    }

    /** The activation in the MLPs of a tower. */
    public enum Activation {
        /** {@code x·sigmoid(1.702x)}. */
        QUICK_GELU("quick_gelu", 0),
        /** The exact GELU. */
        GELU("gelu", 1),
        /** GELU by a hyperbolic tangent. */
        GELU_TANH("gelu_pytorch_tanh", 2);

        private final String key;
        private final int code;

        Activation(String key, int code) {
            this.key = key;
            this.code = code;
        }

        /** The number in {@code kernel/tower.py}. */
        public int code() {
            return code;
        }

        /** The name in {@code transformers}. */
        @Override
        public String toString() {
            return key;
        }
    }

    /** The last linear layer of a tower. */
    public enum Projection {
        NONE,
        /** Without a bias. */
        PLAIN,
        BIASED
    }

    /** The settings that both towers need to compute. */
    public sealed interface TowerConfig {
        int layers();

        int heads();

        double layerNormEps();

        Activation activation();
    }

    /**
     * What a text tower has besides its layers.
     *
     * @param causal whether a token sees only those before it; otherwise all
     * @param pooledLast whether the last position of the context stands for the text, and not the end token
     */
    public record TextForm(boolean causal, boolean pooledLast, Projection projection) {

        /** CLIP's own. */
        public static final TextForm CLIP = new TextForm(true, false, Projection.PLAIN);

        /** That of SigLIP. */
        public static final TextForm SIGLIP = new TextForm(false, true, Projection.BIASED);

        /** Whether the padding up to the context length changes a text's features. */
        public boolean seesPadding() {
            return !causal || pooledLast;
        }
    }

    /**
     * The text tower.
     *
     * @param endTokenId where a causal tower has it, the end token
     */
    public record Text(
            int vocabSize,
            int contextLength,
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            Activation activation,
            double layerNormEps,
            long endTokenId,
            TextForm form)
            implements TowerConfig {

        public Text {
            check("text_config/vocab_size", vocabSize, 1_000_000);
            check("text_config/max_position_embeddings", contextLength, 8192);
            checkTower("text_config", hiddenSize, intermediateSize, layers, heads, layerNormEps);
        }

        /** That of a CLIP. */
        public Text(
                int vocabSize,
                int contextLength,
                int hiddenSize,
                int intermediateSize,
                int layers,
                int heads,
                Activation activation,
                double layerNormEps,
                long endTokenId) {
            this(
                    vocabSize,
                    contextLength,
                    hiddenSize,
                    intermediateSize,
                    layers,
                    heads,
                    activation,
                    layerNormEps,
                    endTokenId,
                    TextForm.CLIP);
        }
    }

    /**
     * Attention of one learned token to all others, then an MLP (Zhai et al., "Scaling Vision Transformers", 2022).
     *
     * @param intermediateSize width of the hidden layer in its MLP
     */
    public record Pool(int heads, int intermediateSize) {}

    /**
     * Rotary positions along both axes.
     *
     * @param grid side, in patches, that positions are scaled to
     * @param start position of the first patch
     */
    public record Rotary(double grid, double start) {}

    /**
     * What an image tower has besides patches, positions and layers.
     *
     * @param preNorm whether tokens are normalised before the first layer
     * @param pool null: the class token stands for the image; without one there is no transformer, but convolutions, or the
     *     colours of the patches
     * @param rotary null: positions are only added
     */
    public record ImageForm(
            boolean classToken,
            boolean patchBias,
            boolean preNorm,
            @Nullable Pool pool,
            Projection projection,
            @Nullable Rotary rotary) {

        /** CLIP's own. */
        public static final ImageForm CLIP = new ImageForm(true, false, true, null, Projection.PLAIN, null);

        /** The same without a projection: {@code CLIPVisionModel} of transformers. */
        static final ImageForm CLIP_UNPROJECTED = new ImageForm(true, false, true, null, Projection.NONE, null);

        /** No network: averages over a grid of pixels. */
        static final ImageForm PIXELS = new ImageForm(false, false, false, null, Projection.NONE, null);

        /** No transformer: convolutions, each followed by a norm. */
        static final ImageForm CONVOLUTIONS = new ImageForm(false, false, true, null, Projection.NONE, null);

        /** That of SigLIP. */
        static ImageForm siglip(int heads, int intermediateSize) {
            return new ImageForm(false, true, false, new Pool(heads, intermediateSize), Projection.NONE, null);
        }

        private boolean hasNetwork() {
            return classToken || pool != null || preNorm;
        }
    }

    /** The image tower, for square images. */
    public record Vision(
            int imageSize,
            int patchSize,
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            Activation activation,
            double layerNormEps,
            ImageForm form)
            implements TowerConfig {

        public Vision {
            check("vision_config/image_size", imageSize, 4096);
            check("vision_config/patch_size", patchSize, imageSize);
            if (form.hasNetwork()) {
                checkTower("vision_config", hiddenSize, intermediateSize, layers, heads, layerNormEps);
            }
        }

        /** Plain pixels: the patches are the squares of a grid that divides the image evenly. */
        static Vision pixels(int imageSize, int grid) {
            return new Vision(imageSize, imageSize / grid, 0, 0, 0, 0, Activation.GELU, 0, ImageForm.PIXELS);
        }

        /**
         * Convolutions, each of which halves the sides of the image: the patches are the places of the last one.
         *
         * @param hiddenSize channels of the last one; those before have half as many each
         */
        static Vision convolutional(int imageSize, int hiddenSize, int layers) {
            int patch = 1 << layers;
            return new Vision(
                    imageSize, patch, hiddenSize, hiddenSize, layers, 1, Activation.GELU, 1e-5, ImageForm.CONVOLUTIONS);
        }

        /** Whether the network consists of convolutions. */
        public boolean isConvolutional() {
            return form.equals(ImageForm.CONVOLUTIONS);
        }

        /** Channels after the convolution with this number, counted from 0. */
        public int channels(int convolution) {
            return hiddenSize >> (layers - 1 - convolution);
        }

        /** D of plain pixels: the averages of S × S squares in three colours, and a constant. */
        public static int pixelFeatures(int grid) {
            return 3 * grid * grid + 1;
        }

        /** Whether there is a network, which has weights; otherwise features are averages of pixels. */
        public boolean hasNetwork() {
            return form.hasNetwork();
        }

        /** That of a CLIP. */
        public Vision(
                int imageSize,
                int patchSize,
                int hiddenSize,
                int intermediateSize,
                int layers,
                int heads,
                Activation activation,
                double layerNormEps) {
            this(
                    imageSize,
                    patchSize,
                    hiddenSize,
                    intermediateSize,
                    layers,
                    heads,
                    activation,
                    layerNormEps,
                    ImageForm.CLIP);
        }

        /** Number of patches, plus one for a class token. */
        public int positions() {
            return grid() * grid() + classTokens();
        }

        /** Patches along a side. */
        public int grid() {
            return imageSize / patchSize;
        }

        int classTokens() {
            return form.classToken() ? 1 : 0;
        }
    }

    private static void checkTower(
            String tower, int hiddenSize, int intermediateSize, int layers, int heads, double layerNormEps) {
        check(tower + "/hidden_size", hiddenSize, 8192);
        check(tower + "/intermediate_size", intermediateSize, 65_536);
        check(tower + "/num_hidden_layers", layers, 256);
        check(tower + "/num_attention_heads", heads, 256);
        if (hiddenSize % heads != 0) {
            throw new IllegalArgumentException(
                    "%s/num_attention_heads: %d, must divide hidden_size %d".formatted(tower, heads, hiddenSize));
        }
        if (!(layerNormEps > 0 && layerNormEps < 1)) {
            throw new IllegalArgumentException(
                    "%s/layer_norm_eps: %s, must be above 0 and below 1".formatted(tower, layerNormEps));
        }
    }

    private static void check(String key, int value, int highest) {
        if (value < 1 || value > highest) {
            throw new IllegalArgumentException("%s: %d, allowed 1…%d".formatted(key, value, highest));
        }
    }
}
