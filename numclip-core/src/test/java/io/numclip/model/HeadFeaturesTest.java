package io.numclip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.FeatureLayout.Choice;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberPrompt;
import io.numclip.data.Prediction;
import io.numclip.golden.MadeUpWeights;
import io.numclip.head.ExpertsHead;
import io.numclip.head.LinearHead;
import io.numclip.model.NumClipModel.Heads;
import io.numclip.spi.HeadContext;
import io.numclip.spi.NumClipOutput;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who gets which features of an image. */
class HeadFeaturesTest {

    private static final Bins BINS = new Bins(List.of(new Bin("few", 0, 10, 4), new Bin("many", 10, 30, 20)));
    private static final LabelScale SCALE = new LabelScale(0, 30, "units");
    private static final int IMAGES = 3;

    @TempDir
    private Path folder;

    private TinyClip clip;

    @BeforeEach
    void create() throws IOException {
        clip = TinyClip.in(folder.resolve("clip"));
    }

    @Test
    void theCoarseStageComparesWithWordsInTheJointSpaceWhateverTheOtherGets() throws IOException {
        try (NumClipModel usual = model(Choice.PROJECTED, true);
                NumClipModel pooled = model(Choice.POOLED, true)) {
            NumClipOutput expected = output(usual);
            NumClipOutput found = output(pooled);
            assertThat(found.logits().toFloatArray())
                    .containsExactly(expected.logits().toFloatArray());
            assertThat(found.imageFeatures().toFloatArray())
                    .containsExactly(expected.imageFeatures().toFloatArray());
            assertThat(expected.headFeatures().toFloatArray())
                    .containsExactly(expected.imageFeatures().toFloatArray());
            int width = pooled.imageTower().config().vision().hiddenSize();
            assertThat(found.headFeatures().getShape()).isEqualTo(new Shape(IMAGES, width));
            assertThat(pooled.parameters(Part.FINE_HEAD)
                            .get("fine_head.expert.weight")
                            .getArray()
                            .getShape())
                    .isEqualTo(new Shape(BINS.size(), width));
        }
    }

    @Test
    void headsWithoutWordsGetThePooledTokenOfLengthOne() throws IOException {
        try (NumClipModel model = model(Choice.POOLED, false)) {
            NDManager scope = model.imageTower().manager();
            NDArray row = model.encodeImages(pixels(scope), false);
            float[] features = output(model).headFeatures().toFloatArray();
            float[] pooled = model.imageTower().layout().heads(row).toFloatArray();
            int width = features.length / IMAGES;
            for (int i = 0; i < IMAGES; i++) {
                float[] token = Arrays.copyOfRange(pooled, i * width, (i + 1) * width);
                double length = Math.sqrt(dot(token, token));
                for (int j = 0; j < width; j++) {
                    assertThat((double) features[i * width + j]).isCloseTo(token[j] / length, within(1e-6));
                }
            }
            assertThat(model.parameters(Part.COARSE_HEAD)
                            .get("coarse_head.weight")
                            .getArray()
                            .getShape())
                    .isEqualTo(new Shape(BINS.size(), width));
        }
    }

    @ParameterizedTest
    @EnumSource(Choice.class)
    void aStoredModelOpensWithItsFeatures(Choice choice) throws IOException {
        Path directory = folder.resolve("model");
        List<Prediction> expected;
        try (NumClipModel model = model(choice, false)) {
            ModelDirectory.write(directory, model, clip.description(SCALE, "linear", "experts"));
            expected = predictions(new NumClipPredictor(model, preprocessor()));
        }
        ModelDirectory stored = ModelDirectory.open(directory);
        assertThat(stored.embedDim()).isEqualTo(TinyClip.EMBED_DIM);
        try (NumClipPredictor predictor = stored.predictor(
                clip.base(), layout -> heads(layout, false), ModelDirectory.Towers.own(Device.cpu(), Precision.FP32))) {
            assertThat(predictor.model().imageTower().layout().choice()).isEqualTo(choice);
            assertThat(predictions(predictor)).isEqualTo(expected);
        }
    }

    /** They would be rows of another width. */
    @Test
    void modelsWithOtherFeaturesDoNotShareAPass() throws IOException {
        try (ImageTower tower = ImageTower.load(clip.directory(), Device.cpu(), Precision.FP32)) {
            assertThat(tower.share().isSame(tower)).isTrue();
            assertThat(tower.share().giving(Choice.POOLED).isSame(tower)).isFalse();
            assertThat(tower.giving(Choice.POOLED).share().layout().choice()).isEqualTo(Choice.POOLED);
        }
        assertThat(clip.base().giving(layout(Choice.PROJECTED))).isEqualTo(clip.base());
        assertThat(clip.base().giving(layout(Choice.POOLED)).fingerprint())
                .isNotEqualTo(clip.base().fingerprint())
                .isNotEqualTo(clip.base().giving(layout(Choice.LAYERS)).fingerprint());
    }

    private FeatureLayout layout(Choice choice) throws IOException {
        try (ImageTower tower = ImageTower.load(clip.directory(), Device.cpu(), Precision.FP32)) {
            return tower.giving(choice).layout();
        }
    }

    private NumClipModel model(Choice choice, boolean readsTexts) throws IOException {
        ClipBackbone backbone = ClipBackbone.load(clip.directory(), Device.cpu(), Precision.FP32);
        int context = backbone.config().text().contextLength();
        try (ClipTokenizer tokenizer = ClipTokenizer.load(clip.directory(), context)) {
            List<NumberPrompt> prompts = BINS.concepts().stream()
                    .map(concept -> new NumberPrompt("", concept))
                    .toList();
            ImageTower tower = backbone.imageTower().giving(choice);
            return new NumClipModel(
                    tower,
                    new PromptLearner(prompts, tokenizer, backbone.textTower()),
                    new ImageAdapter(ImageAdapter.Config.none(), TinyClip.EMBED_DIM, 1, backbone.manager()),
                    heads(tower.layout(), readsTexts),
                    BINS,
                    BINS,
                    SCALE,
                    1);
        }
    }

    private static Heads heads(FeatureLayout layout, boolean readsTexts) {
        HeadContext context = new HeadContext(BINS, layout.headWidth());
        LinearHead.Factory linear = new LinearHead.Factory();
        ExpertsHead.Factory experts = new ExpertsHead.Factory();
        return new Heads(
                readsTexts ? TinyClip.imageText(BINS) : linear.create(linear.defaults(), context),
                experts.create(experts.defaults(), context),
                readsTexts);
    }

    private static NumClipOutput output(NumClipModel model) {
        return model.forward(pixels(model.imageTower().manager()), false);
    }

    private List<Prediction> predictions(NumClipPredictor predictor) {
        return predictor.predictPixels(pixels(predictor.model().imageTower().manager()));
    }

    private ClipPreprocessor preprocessor() throws IOException {
        return ClipDirectory.preprocessor(clip.directory());
    }

    private static NDArray pixels(NDManager manager) {
        return manager.create(MadeUpWeights.uniform("pixels", IMAGES * 3 * 16 * 16), new Shape(IMAGES, 3, 16, 16));
    }

    private static double dot(float[] left, float[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += (double) left[i] * right[i];
        }
        return sum;
    }
}
