package io.numclip.bench;

import ai.djl.Device;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipConfig;
import io.numclip.clip.ClipPreprocessor;
import io.numclip.clip.ClipTokenizer;
import io.numclip.clip.ModelSource;
import io.numclip.clip.Precision;
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
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.RankingLoss;
import io.numclip.training.FeatureCache;
import io.numclip.training.LearningRates;
import io.numclip.training.Sampling;
import io.numclip.training.Trainer;
import io.numclip.training.TrainingConfig;
import io.numclip.training.TrainingStore;
import io.numclip.training.WeightedLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Seconds of one step of NumCLIP's training: 16 random images, five prompts, forward, FCRC and L1, backward, RAdam. Image
 * tower, adapter, concepts and SSR head learn, as in the published code; gradients reach the concepts through the text
 * tower. The first epoch warms up and fills the cache of pixels, so that no step waits for an image.
 */
@Command(name = "FineTuningStep", description = "Prints the seconds of one training step, the median of nine.")
public final class FineTuningStep implements Callable<String> {

    private static final int BATCH = 16;
    private static final int STEPS_PER_EPOCH = 3;
    private static final int EPOCHS = 4;
    private static final int SIDE = 224;
    private static final long SEED = 1;
    private static final String CONTEXT = "age estimation: the person is a";

    @Parameters(index = "0", paramLabel = "DIR", description = "a CLIP in Hugging Face layout, such as ViT-B/32")
    private String model;

    @Parameters(
            index = "1",
            arity = "0..1",
            defaultValue = "auto",
            paramLabel = "PRECISION",
            description = "auto, fp32 or bf16 (default: auto)")
    private Precision precision;

    public static void main(String[] arguments) {
        System.exit(Program.run(new FineTuningStep(), arguments));
    }

    @Override
    public String call() throws IOException, ReflectiveOperationException {
        BaseModel base = BaseModel.of(ModelSource.parse(model));
        ClipPreprocessor preprocessor = ClipPreprocessor.load(base.directory());
        StepTimes times = new StepTimes(1);
        try (NumClipModel network = network(base, Ages.concepts());
                TrainingStore store = TrainingStore.memory()) {
            Trainer trainer = new Trainer(
                    network,
                    new ModelDescription(
                            base, preprocessor, new LabelScale(0, 101, "years"), Map.of(), Map.of(), "numclip"),
                    losses(network),
                    training(),
                    FeatureCache.of(base, precision, preprocessor),
                    store,
                    times);
            trainer.fit(NoiseImages.of(STEPS_PER_EPOCH * BATCH, SIDE), NoiseImages.of(1, SIDE));
        }
        return Program.line("seconds-per-step", Program.median(times.seconds()));
    }

    private NumClipModel network(BaseModel base, Bins bins) throws IOException {
        ClipConfig.Text text = ClipConfig.read(base.directory()).text();
        ClipBackbone backbone = ClipBackbone.load(base.directory(), Device.cpu(), precision);
        int embedDim = backbone.embedDim();
        try (ClipTokenizer tokenizer = ClipTokenizer.load(base.directory(), text.contextLength())) {
            List<NumberPrompt> prompts = bins.concepts().stream()
                    .map(concept -> new NumberPrompt(CONTEXT, concept))
                    .toList();
            SsrHead.Factory ssr = new SsrHead.Factory();
            return new NumClipModel(
                    backbone,
                    new PromptLearner(prompts, tokenizer, backbone),
                    new ImageAdapter(ImageAdapter.Config.defaults(), embedDim, SEED, backbone.manager()),
                    new ImageTextHead.Factory()
                            .create(new ImageTextHead.Config(), new CoarseHead.Context(bins, embedDim)),
                    ssr.create(ssr.defaults(), new FineHead.Context(bins, embedDim)),
                    bins,
                    SEED);
        }
    }

    private static List<WeightedLoss> losses(NumClipModel network) throws IOException, ReflectiveOperationException {
        List<Integer> counts = List.of(BATCH, BATCH, BATCH, BATCH, BATCH);
        RankingLoss.Context context =
                new RankingLoss.Context(network.bins(), network.backbone().embedDim(), counts);
        BuiltInLosses builtIn = new BuiltInLosses();
        List<WeightedLoss> losses = new ArrayList<>();
        for (String type : List.of("ranking-ce", "ranking-kl", "absolute-error")) {
            losses.add(new WeightedLoss(type, 1, builtIn.create(type, context)));
        }
        return losses;
    }

    private static TrainingConfig training() {
        return new TrainingConfig(
                EPOCHS,
                BATCH,
                SEED,
                List.of(),
                1,
                0,
                new TrainingConfig.Augmentation(false),
                LearningRates.defaults(),
                1024,
                0,
                Sampling.NATURAL);
    }
}
