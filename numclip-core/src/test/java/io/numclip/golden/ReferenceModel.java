package io.numclip.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberPrompt;
import io.numclip.head.Anchors;
import io.numclip.head.ImageTextHead;
import io.numclip.head.SsrHead;
import io.numclip.loss.AbsoluteError;
import io.numclip.loss.RankingCrossEntropy;
import io.numclip.loss.RankingKl;
import io.numclip.model.ImageAdapter;
import io.numclip.model.NumClipModel;
import io.numclip.model.PromptLearner;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.spi.RankingLoss;
import io.numclip.training.WeightedLoss;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The model of the published code on the random CLIP, as {@code golden/numclip-model.json} speaks of it. */
public final class ReferenceModel {

    /** Bins of the published code for age, with left edges as anchors. */
    public static final Bins BINS = new Bins(List.of(
            new Bin("child", 0, 13, 0),
            new Bin("teenager", 13, 19, 13),
            new Bin("young adult", 19, 35, 19),
            new Bin("middle adult", 35, 65, 35),
            new Bin("older adult", 65, 100, 65)));

    /** The random CLIP of which the golden figures speak. */
    public static final Path CLIP = Path.of("src/test/resources/golden/clip-tiny-random");

    private static final String CONTEXT = "age estimation: the person is a";

    /** Names of the head's weights in the golden file and in ours. */
    private static final Map<String, String> HEAD = Map.of(
            "fine_head.FC_after_PB.0.weight", "fine_head.hidden.weight",
            "fine_head.FC_after_PB.0.bias", "fine_head.hidden.bias",
            "fine_head.delta_k.0.weight", "fine_head.delta.weight",
            "fine_head.delta_k.0.bias", "fine_head.delta.bias");

    /** Read once; to check its 49,408 words takes longer than most tests. */
    private static final class Tokenizer {
        private static final ClipTokenizer SHARED = load();

        private static ClipTokenizer load() {
            try {
                return ClipTokenizer.load(
                        CLIP, ClipDirectory.config(CLIP).text().contextLength());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ReferenceModel() {}

    public static NumClipModel load() throws IOException {
        return load(Lora.defaults(), Precision.FP32);
    }

    /** With low-rank changes, which are zero. */
    public static NumClipModel load(Lora lora, Precision precision) throws IOException {
        ClipBackbone backbone = ClipBackbone.load(CLIP, TestDevice.get(), precision);
        backbone.adapt(lora, 1);
        PromptLearner prompts = new PromptLearner(prompts(), Tokenizer.SHARED, backbone.textTower());
        ImageAdapter adapter =
                new ImageAdapter(ImageAdapter.Config.defaults(), backbone.embedDim(), 1, backbone.manager());
        NumClipModel model = new NumClipModel(
                backbone.imageTower(),
                prompts,
                adapter,
                coarseHead(backbone.embedDim()),
                head(backbone.embedDim()),
                BINS,
                new LabelScale(0, 100, "years"),
                1);
        try (NDManager scope = backbone.manager().newSubManager()) {
            model.restore(Golden.tensors(scope, "numclip-head.safetensors").entrySet().stream()
                    .collect(Collectors.toMap(
                            entry -> HEAD.getOrDefault(entry.getKey(), entry.getKey()), Map.Entry::getValue)));
        }
        return model;
    }

    public static List<NumberPrompt> prompts() {
        return BINS.concepts().stream()
                .map(concept -> new NumberPrompt(CONTEXT, concept))
                .toList();
    }

    public static CoarseHead coarseHead(int embedDim) {
        return new ImageTextHead.Factory().create(new ImageTextHead.Config(), new HeadContext(BINS, embedDim));
    }

    public static FineHead head(int embedDim) {
        return new SsrHead.Factory()
                .create(new SsrHead.Config(Anchors.LEFT_EDGE, true), new HeadContext(BINS, embedDim));
    }

    public static List<WeightedLoss> losses(int embedDim) {
        RankingLoss.Context context = new RankingLoss.Context(BINS, embedDim, List.of(1, 1, 1, 1, 1));
        RankingCrossEntropy.Factory crossEntropy = new RankingCrossEntropy.Factory();
        RankingKl.Factory kl = new RankingKl.Factory();
        AbsoluteError.Factory absolute = new AbsoluteError.Factory();
        return List.of(
                new WeightedLoss("image_to_text", 1, crossEntropy.create(crossEntropy.defaults(), context)),
                new WeightedLoss("text_to_image", 1, kl.create(kl.defaults(), context)),
                new WeightedLoss("regression", 1, absolute.create(absolute.defaults(), context)));
    }

    /** @return (9, 3, 40, 40) the images of the golden batch */
    public static NDArray pixels(NDManager manager) {
        JsonNode images = Golden.json("clip-parity.json").get("images");
        NDList batch = new NDList();
        images.forEach(image ->
                batch.add(Golden.array(manager, image.get("pixel_values")).reshape(3, 40, 40)));
        return NDArrays.stack(batch); // (N, 3, H, W)
    }
}
