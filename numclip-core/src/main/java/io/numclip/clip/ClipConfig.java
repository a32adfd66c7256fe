package io.numclip.clip;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The shape of a CLIP, as {@code config.json} gives it.
 *
 * @param projectionDim D, the width of the joint space
 * @param logitScaleInit the logarithm of the initial logit scale
 */
public record ClipConfig(Text text, Vision vision, int projectionDim, double logitScaleInit) {

    public ClipConfig {
        check("projection_dim", projectionDim, 8192);
    }

    /**
     * Reads {@code config.json} of a directory in Hugging Face layout; missing keys have the defaults of
     * {@code transformers}.
     *
     * @throws io.numclip.data.NumClipException if the file is missing, is not of a CLIP, or a value is out of range
     */
    public static ClipConfig read(Path directory) throws IOException {
        return ClipConfigFile.read(directory.resolve(ClipConfigFile.NAME));
    }

    /** Number of layers after a parameter in its tower: 0 for the last layer and what follows, all for embeddings. */
    public int layersAfter(String parameter) {
        boolean image = parameter.startsWith("vision_") || parameter.startsWith("visual_");
        return ClipWeights.layersAfter(parameter, image ? vision.layers() : text.layers());
    }

    /** Writes {@code config.json} so that {@code transformers} can read it. */
    public void write(Path directory, boolean half) throws IOException {
        ClipConfigFile.write(this, directory.resolve(ClipConfigFile.NAME), half);
    }

    /** {@code quick_gelu} is {@code x·sigmoid(1.702x)}; {@code gelu} is exact. */
    public enum Activation {
        QUICK_GELU,
        GELU;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The settings that both towers need to compute. */
    sealed interface TowerConfig {
        int heads();

        double layerNormEps();

        Activation activation();
    }

    /** The text tower. */
    public record Text(
            int vocabSize,
            int contextLength,
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            Activation activation,
            double layerNormEps,
            long endTokenId)
            implements TowerConfig {

        public Text {
            check("text_config/vocab_size", vocabSize, 1_000_000);
            check("text_config/max_position_embeddings", contextLength, 8192);
            checkTower("text_config", hiddenSize, intermediateSize, layers, heads, layerNormEps);
        }
    }

    /** The image tower. */
    public record Vision(
            int imageSize,
            int patchSize,
            int hiddenSize,
            int intermediateSize,
            int layers,
            int heads,
            Activation activation,
            double layerNormEps)
            implements TowerConfig {

        public Vision {
            check("vision_config/image_size", imageSize, 4096);
            check("vision_config/patch_size", patchSize, imageSize);
            checkTower("vision_config", hiddenSize, intermediateSize, layers, heads, layerNormEps);
        }

        /** Number of patches, plus one for the class token. */
        public int positions() {
            int side = imageSize / patchSize;
            return side * side + 1;
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
