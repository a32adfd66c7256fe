package io.numclip.host;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberPrompt;
import io.numclip.head.ImageTextHead;
import io.numclip.head.SsrHead;
import io.numclip.model.BaseModel;
import io.numclip.model.ImageAdapter;
import io.numclip.model.ModelDescription;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.Part;
import io.numclip.model.PromptLearner;
import io.numclip.spi.HeadContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Models on disk with random numbers in what training would have changed. */
final class TestingModels {

    private static final Bins BINS =
            new Bins(List.of(new Bin("a few", 0, 20, 10), new Bin("many", 20, 60, 40), new Bin("lots", 60, 100, 80)));
    private static final LabelScale SCALE = new LabelScale(0, 100, "things");

    private final BaseModel base;
    private final ClipPreprocessor preprocessor;

    private TestingModels(BaseModel base, ClipPreprocessor preprocessor) {
        this.base = base;
        this.preprocessor = preprocessor;
    }

    /** @param clip {@code embedded}, or a directory */
    static TestingModels over(String clip) throws IOException {
        BaseModel base = BaseModel.of(ModelSource.parse(clip));
        return new TestingModels(base, ClipDirectory.preprocessor(base.directory()));
    }

    /** Models that see images in another way. */
    TestingModels with(ClipPreprocessor other) {
        return new TestingModels(base, other);
    }

    ClipPreprocessor preprocessor() {
        return preprocessor;
    }

    /** Heads and adapter differ with the seed. */
    Path write(Path directory, long seed, Part... trained) throws IOException {
        ClipBackbone backbone = ClipBackbone.load(base.directory(), Device.cpu(), Precision.FP32);
        try (ClipTokenizer tokenizer = ClipTokenizer.load(base.directory());
                NumClipModel model = model(backbone, tokenizer, seed)) {
            for (Part part : List.of(Part.ADAPTER, Part.COARSE_HEAD, Part.FINE_HEAD)) {
                disturb(model, part, seed);
            }
            for (Part part : trained) {
                model.train(part, true);
                model.train(part, false);
                disturb(model, part, seed);
            }
            ModelDirectory.write(
                    directory,
                    model,
                    new ModelDescription(
                            base, preprocessor, SCALE, Map.of("type", "image-text"), Map.of("type", "ssr"), "numclip"));
        }
        return directory;
    }

    private static NumClipModel model(ClipBackbone backbone, ClipTokenizer tokenizer, long seed) {
        HeadContext context = new HeadContext(BINS, backbone.imageTower().embedDim());
        SsrHead.Factory ssr = new SsrHead.Factory();
        List<NumberPrompt> prompts = BINS.concepts().stream()
                .map(concept -> new NumberPrompt("", concept))
                .toList();
        return new NumClipModel(
                backbone.imageTower(),
                new PromptLearner(prompts, tokenizer, backbone.textTower()),
                new ImageAdapter(new ImageAdapter.Config(0.6, 4), context.embedDim(), seed, backbone.manager()),
                new ImageTextHead.Factory().create(new ImageTextHead.Config(), context),
                ssr.create(ssr.defaults(), context),
                BINS,
                SCALE,
                seed);
    }

    private static void disturb(NumClipModel model, Part part, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        model.parameters(part).values().forEach(parameter -> {
            NDArray array = parameter.getArray();
            float[] noise = new float[(int) array.size()];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) random.nextGaussian(0, 0.05);
            }
            try (NDArray change = array.getManager().create(noise, array.getShape())) {
                array.addi(change);
            }
        });
    }
}
