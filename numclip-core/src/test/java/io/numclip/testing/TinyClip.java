package io.numclip.testing;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberPrompt;
import io.numclip.head.ImageTextHead;
import io.numclip.model.BaseModel;
import io.numclip.model.ImageAdapter;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.model.PromptLearner;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A CLIP with some ten thousand random parameters, the same every time: the real code with tiny weights, for tests of a
 * whole {@link NumClipModel} in milliseconds and without a download. It was never trained, so its numbers mean nothing;
 * they only have to be reproducible.
 */
public final class TinyClip {

    /** D, the width of the joint space. */
    public static final int EMBED_DIM = 8;

    private static final int IMAGE_SIZE = 16;
    private static final int CONTEXT_LENGTH = 128;
    private static final long SEED = 1;

    private final Path directory;

    private TinyClip(Path directory) {
        this.directory = directory;
    }

    /** Writes the CLIP as a Hugging Face model directory. */
    public static TinyClip in(Path directory) {
        try (ClipBackbone backbone = ClipBackbone.random(config(), SEED, Device.cpu(), Precision.FP32)) {
            backbone.save(directory, true);
            ClipPreprocessor.standard(IMAGE_SIZE).write(directory);
            Files.writeString(directory.resolve("vocab.json"), LetterVocabulary.json());
            Files.writeString(directory.resolve("merges.txt"), "#version: 0.2\n");
            return new TinyClip(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ClipConfig config() {
        int tokens = LetterVocabulary.SIZE;
        ClipConfig.Activation activation = ClipConfig.Activation.QUICK_GELU;
        return new ClipConfig(
                new ClipConfig.Text(tokens, CONTEXT_LENGTH, 16, 32, 1, 2, activation, 1e-5, tokens - 1),
                new ClipConfig.Vision(IMAGE_SIZE, 8, 16, 32, 1, 2, activation, 1e-5),
                EMBED_DIM,
                Math.log(10));
    }

    /** The model directory, for {@code backbone: {model: …}}. */
    public Path directory() {
        return directory;
    }

    /** This CLIP as the base of a trained model. */
    public BaseModel base() throws IOException {
        return BaseModel.of(ModelSource.parse(directory.toString()));
    }

    /** The description of a model that is built on this CLIP. */
    public ModelDescription description(LabelScale scale, String headType) throws IOException {
        return description(scale, "image-text", headType);
    }

    /** The same for a model whose coarse head is not CLIP's own. */
    public ModelDescription description(LabelScale scale, String coarseType, String fineType) throws IOException {
        return new ModelDescription(
                base(),
                ClipDirectory.preprocessor(directory),
                scale,
                Map.of("type", coarseType),
                Map.of("type", fineType),
                "numclip");
    }

    /** CLIP's own coarse head: the cosine of image and text. */
    public static CoarseHead imageText(Bins bins) {
        return new ImageTextHead.Factory().create(new ImageTextHead.Config(), new HeadContext(bins, EMBED_DIM));
    }

    /** A whole network with the bare concepts as prompts. The caller closes it. */
    public NumClipModel model(Bins bins, FineHead head) throws IOException {
        return model(bins, imageText(bins), head);
    }

    /** The same with another coarse head, uninitialised and made with {@link #EMBED_DIM}. */
    public NumClipModel model(Bins bins, CoarseHead coarseHead, FineHead fineHead) throws IOException {
        List<NumberPrompt> prompts = bins.concepts().stream()
                .map(concept -> new NumberPrompt("", concept))
                .toList();
        return model(prompts, bins, coarseHead, fineHead);
    }

    /**
     * A whole network, without an adapter. The caller closes it.
     *
     * @param prompts one per bin
     * @param head not initialised; made with {@link #EMBED_DIM}
     */
    public NumClipModel model(List<NumberPrompt> prompts, Bins bins, FineHead head) throws IOException {
        return model(prompts, bins, imageText(bins), head);
    }

    private NumClipModel model(List<NumberPrompt> prompts, Bins bins, CoarseHead coarseHead, FineHead fineHead)
            throws IOException {
        ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32);
        try (ClipTokenizer tokenizer = ClipTokenizer.load(directory, CONTEXT_LENGTH)) {
            PromptLearner learner = new PromptLearner(prompts, tokenizer, backbone.textTower());
            ImageAdapter adapter = new ImageAdapter(ImageAdapter.Config.none(), EMBED_DIM, SEED, backbone.manager());
            LabelScale scale = new LabelScale(
                    bins.get(0).lower(), bins.get(bins.size() - 1).upper(), "units");
            return new NumClipModel(backbone.imageTower(), learner, adapter, coarseHead, fineHead, bins, scale, SEED);
        } catch (IOException | RuntimeException e) {
            backbone.close();
            throw e;
        }
    }
}
