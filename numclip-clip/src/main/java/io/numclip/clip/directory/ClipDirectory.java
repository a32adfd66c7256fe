package io.numclip.clip.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.pixels.PreprocessorConfig;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory with a CLIP or one of its relatives, and what was recognised in it: the layout of {@code transformers}
 * ({@code config.json}) or of OpenCLIP ({@code open_clip_config.json}). Where both are, the names of the tensors decide.
 *
 * @param configuration the file with the configuration
 * @param weights the files with the weights; one, or those that an index names
 * @param resizesPositions whether positions of a grid of another size may be resized, as OpenCLIP does
 * @param openClip null in the layout of transformers
 */
public record ClipDirectory(
        Path path,
        Path configuration,
        List<Path> weights,
        ClipConfig config,
        TensorLayout layout,
        boolean resizesPositions,
        @Nullable OpenClipConfig openClip) {

    /** Reads the configuration and the names of the tensors. */
    public static ClipDirectory open(Path path) throws IOException {
        Path configuration = configuration(path);
        return configuration.endsWith(OpenClipConfig.NAME)
                ? ofOpenClip(path, configuration)
                : ofTransformers(path, configuration);
    }

    /** The configuration alone; only of a directory with two are weights looked at. */
    public static ClipConfig config(Path path) throws IOException {
        Path file = configuration(path);
        return file.endsWith(OpenClipConfig.NAME)
                ? ClipConfigFile.of(file, read(file), root -> new OpenClipConfig(root).config())
                : ClipConfigFile.read(file);
    }

    /** The file that counts. */
    private static Path configuration(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new NumClipException(
                    Kind.MISSING,
                    path + ": no such directory",
                    HubName.hint(path) + "Name a directory with a CLIP in the layout of transformers or OpenCLIP, or \""
                            + ShippedModel.EMBEDDED + "\", \"" + ShippedModel.PIXELS + "\" or \""
                            + ShippedModel.SMALL_NETWORK + "\".");
        }
        Path openClip = path.resolve(OpenClipConfig.NAME);
        Path transformers = path.resolve(ClipConfigFile.NAME);
        if (Files.exists(openClip)) {
            return isOfTransformers(path) ? transformers : openClip;
        }
        if (!Files.exists(transformers)) {
            throw new NumClipException(
                    Kind.MISSING,
                    path + ": no " + ClipConfigFile.NAME + " and no " + OpenClipConfig.NAME,
                    "Download config.json, model.safetensors, tokenizer.json and preprocessor_config.json of one CLIP.");
        }
        return transformers;
    }

    /** Whether a directory with both configurations has weights named as in transformers. */
    private static boolean isOfTransformers(Path path) throws IOException {
        if (!Files.exists(path.resolve(ClipConfigFile.NAME)) || !WeightFiles.areThere(path)) {
            return false;
        }
        return names(WeightFiles.ofTransformers(path).get(0)).noneMatch(name -> name.startsWith("visual."));
    }

    private static ClipDirectory ofTransformers(Path path, Path file) throws IOException {
        ClipConfig config = ClipConfigFile.read(file);
        TensorLayout layout = ofTransformers(config);
        List<Path> weights = WeightFiles.ofTransformers(path);
        boolean isShort =
                !config.hasText() && names(weights.get(0)).noneMatch(name -> name.startsWith("vision_model."));
        return new ClipDirectory(path, file, weights, config, isShort ? layout.withoutPrefix() : layout, false, null);
    }

    private static TensorLayout ofTransformers(ClipConfig config) {
        if (!config.vision().hasNetwork() || config.vision().isConvolutional()) {
            return TensorLayout.NONE;
        }
        return config.vision().form().classToken() ? TensorLayout.CLIP : TensorLayout.SIGLIP;
    }

    /** The layout that weights for a configuration without any would have; OpenCLIP's with the prefix of its newer classes. */
    public static TensorLayout expectedLayout(Path path) throws IOException {
        Path file = configuration(path);
        if (file.endsWith(ClipConfigFile.NAME)) {
            return ofTransformers(ClipConfigFile.read(file));
        }
        OpenClipConfig openClip = ClipConfigFile.of(file, read(file), OpenClipConfig::new);
        return TensorLayout.openClip(openClip.isTimm(), "text.", openClip.hasLinearTextProjection());
    }

    private static ClipDirectory ofOpenClip(Path path, Path file) throws IOException {
        JsonNode root = read(file);
        OpenClipConfig openClip = ClipConfigFile.of(file, root, OpenClipConfig::new);
        ClipConfig config = ClipConfigFile.of(file, root, same -> openClip.config());
        Path weights = WeightFiles.ofOpenClip(path);
        boolean isCustom = names(weights).anyMatch(name -> name.endsWith("text.token_embedding.weight"));
        TensorLayout layout =
                TensorLayout.openClip(openClip.isTimm(), isCustom ? "text." : "", openClip.hasLinearTextProjection());
        return new ClipDirectory(path, file, List.of(weights), config, layout, true, openClip);
    }

    private static Stream<String> names(Path weights) throws IOException {
        try (Safetensors tensors = Safetensors.open(weights)) {
            return List.copyOf(tensors.entries().keySet()).stream();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        RegularFile.exists(file);
        return JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES));
    }

    /** Whether this is a network that has seen nothing yet: its weights are drawn when its training begins. */
    public boolean isUntrained() throws IOException {
        return config.vision().isConvolutional()
                && names(weights.get(0)).findAny().isEmpty();
    }

    /** The same for images of another size. */
    public ClipDirectory at(@Nullable Integer imageSize) {
        return imageSize == null || imageSize == config.vision().imageSize()
                ? this
                : new ClipDirectory(path, configuration, weights, config.at(imageSize), layout, true, openClip);
    }

    /** The cleaning of texts that belongs to the layout and the vocabulary. */
    public TextCleaning cleaning(boolean isUnigram) {
        if (openClip != null) {
            return openClip.cleaning();
        }
        if (config.text().form().causal()) {
            return TextCleaning.NONE;
        }
        return isUnigram ? TextCleaning.CANONICAL : TextCleaning.LOWER;
    }

    /** @throws NumClipException if the text tower reads a text at another token than the tokenizer's last */
    public void requireEnd(long end, long largest) {
        if (openClip != null) {
            ClipConfigFile.of(configuration, NullNode.getInstance(), nothing -> {
                openClip.requireEnd(end, largest);
                return nothing;
            });
        }
    }

    /** Whether OpenCLIP tokenizes with the vocabulary that it has built in. */
    public boolean hasOwnVocabulary() {
        return openClip != null && openClip.hasOwnVocabulary();
    }

    /** Whether a directory has a configuration. */
    public static boolean isOne(Path path) {
        return Files.exists(path.resolve(ClipConfigFile.NAME)) || Files.exists(path.resolve(OpenClipConfig.NAME));
    }

    /**
     * The preprocessing that belongs to a CLIP: that of its {@code preprocessor_config.json}, or of
     * {@code open_clip_config.json}. Missing fields have the values of the library that wrote the directory; a missing size
     * is that of the image tower.
     *
     * @throws NumClipException if a field is of the wrong type or out of range, or if images come out in another size than
     *     the image tower takes
     */
    public static ClipPreprocessor preprocessor(Path directory) throws IOException {
        if (!isOne(directory)) {
            return ClipPreprocessor.stored(directory);
        }
        ClipConfig clip = config(directory);
        int side = clip.vision().imageSize();
        PreprocessorConfig config = preprocessing(directory, clip);
        if (config.crop().height() != side || config.crop().width() != side) {
            throw JsonFile.damaged(
                    directory.resolve(PreprocessorConfig.FILE),
                    "images of %d x %d pixels come out (/crop_size, or /size); expected %d x %d, /vision_config/image_size in config.json"
                            .formatted(config.crop().width(), config.crop().height(), side, side));
        }
        return new ClipPreprocessor(config);
    }

    /** What is done to images, by the file that belongs to the layout. */
    private static PreprocessorConfig preprocessing(Path path, ClipConfig config) throws IOException {
        int side = config.vision().imageSize();
        Path file = configuration(path);
        if (file.endsWith(OpenClipConfig.NAME)) {
            return ClipConfigFile.of(file, read(file), root -> OpenClipConfig.preprocessing(root, side));
        }
        boolean isSiglip = !config.vision().form().classToken();
        PreprocessorConfig standard = isSiglip ? PreprocessorConfig.squashed(side) : PreprocessorConfig.standard(side);
        return PreprocessorConfig.read(path, standard);
    }
}
