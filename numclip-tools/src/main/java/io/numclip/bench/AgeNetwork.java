package io.numclip.bench;

import ai.djl.Device;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberPrompt;
import io.numclip.head.ImageTextHead;
import io.numclip.head.SsrHead;
import io.numclip.model.BaseModel;
import io.numclip.model.ImageAdapter;
import io.numclip.model.ModelDescription;
import io.numclip.model.NumClipModel;
import io.numclip.model.PromptLearner;
import io.numclip.spi.HeadContext;
import io.numclip.spi.RankingLoss;
import io.numclip.training.WeightedLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** The paper's network for ages: its prompts, five concepts, SSR head and three losses, on any CLIP. */
record AgeNetwork(BaseModel base, Precision precision) {

    private static final LabelScale SCALE = new LabelScale(0, 101, "years");
    private static final long SEED = 1;
    private static final String CONTEXT = "age estimation: the person is a";

    ClipPreprocessor preprocessor() throws IOException {
        return ClipDirectory.preprocessor(base.directory());
    }

    ModelDescription description() throws IOException {
        return new ModelDescription(base, preprocessor(), SCALE, Map.of(), Map.of(), "numclip");
    }

    /** With its parameters as they are before training. */
    NumClipModel create() throws IOException {
        return create(ClipBackbone.load(base.directory(), Device.cpu(), precision));
    }

    /** @param backbone with the vocabulary of the base; is closed with the model */
    NumClipModel create(ClipBackbone backbone) throws IOException {
        ClipConfig.Text text = backbone.config().text();
        int embedDim = backbone.embedDim();
        Bins bins = Ages.concepts();
        try (ClipTokenizer tokenizer = ClipTokenizer.load(base.directory(), text.contextLength())) {
            List<NumberPrompt> prompts = bins.concepts().stream()
                    .map(concept -> new NumberPrompt(CONTEXT, concept))
                    .toList();
            SsrHead.Factory ssr = new SsrHead.Factory();
            return new NumClipModel(
                    backbone.imageTower(),
                    new PromptLearner(prompts, tokenizer, backbone.textTower()),
                    new ImageAdapter(ImageAdapter.Config.defaults(), embedDim, SEED, backbone.manager()),
                    new ImageTextHead.Factory().create(new ImageTextHead.Config(), new HeadContext(bins, embedDim)),
                    ssr.create(ssr.defaults(), new HeadContext(bins, embedDim)),
                    bins,
                    SCALE,
                    SEED);
        }
    }

    /** @param images number of training images of each concept */
    static List<WeightedLoss> losses(NumClipModel network, int images)
            throws IOException, ReflectiveOperationException {
        List<Integer> counts = Collections.nCopies(network.bins().size(), images);
        RankingLoss.Context context =
                new RankingLoss.Context(network.bins(), network.imageTower().embedDim(), counts);
        BuiltInLosses builtIn = new BuiltInLosses();
        List<WeightedLoss> losses = new ArrayList<>();
        for (String type : List.of("ranking-ce", "ranking-kl", "absolute-error")) {
            losses.add(new WeightedLoss(type, 1, builtIn.create(type, context)));
        }
        return losses;
    }
}
