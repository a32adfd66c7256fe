package io.numclip.onnx;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumberPrompt;
import io.numclip.head.ImageTextHead;
import io.numclip.head.SsrHead;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.ConceptWords;
import io.numclip.model.ImageAdapter;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.model.PromptLearner;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Models with some thousand random numbers in every place where a model has any. */
final class SmallModel {

    static final Bins CONCEPTS = new Bins(List.of(
            new Bin("few", 0, 10, 4),
            new Bin("some", 10, 25, 17),
            new Bin("many", 25, 60, 40),
            new Bin("most", 60, 90, 71)));
    static final LabelScale SCALE = new LabelScale(0, 90, "units");
    private static final int WIDTH = 16;

    private SmallModel() {}

    static ClipConfig.Vision vision(int side, int layers, ClipConfig.Activation activation, ClipConfig.ImageForm form) {
        return new ClipConfig.Vision(side, 8, WIDTH, 24, layers, 2, activation, 1e-5, form);
    }

    static ClipConfig.Vision plain() {
        return vision(16, 2, ClipConfig.Activation.QUICK_GELU, ClipConfig.ImageForm.CLIP);
    }

    /** With the heads of the paper. */
    static TrainedModel of(ClipConfig.Vision vision, Path folder) throws IOException {
        return of(
                vision,
                CONCEPTS,
                new ImageTextHead.Factory(),
                new ImageTextHead.Config(),
                new SsrHead.Factory(),
                new SsrHead.Factory().defaults(),
                folder);
    }

    static <C extends Record, F extends Record> TrainedModel of(
            ClipConfig.Vision vision,
            Bins classes,
            CoarseHead.Factory<C> coarse,
            C coarseConfig,
            FineHead.Factory<F> fine,
            F fineConfig,
            Path folder)
            throws IOException {
        HeadContext context = new HeadContext(classes, embedDim(vision));
        return of(vision, classes, coarse.create(coarseConfig, context), fine.create(fineConfig, context), folder);
    }

    static TrainedModel of(ClipConfig.Vision vision, Bins classes, CoarseHead coarse, FineHead fine, Path folder)
            throws IOException {
        return of(vision, classes, coarse, fine, SCALE, folder);
    }

    static TrainedModel of(
            ClipConfig.Vision vision, Bins classes, CoarseHead coarse, FineHead fine, LabelScale scale, Path folder)
            throws IOException {
        return of(
                vision,
                FeatureLayout.Choice.PROJECTED,
                classes,
                layout -> new NumClipModel.Heads(coarse, fine, true),
                scale,
                folder);
    }

    static TrainedModel of(
            ClipConfig.Vision vision,
            FeatureLayout.Choice features,
            Bins classes,
            Function<FeatureLayout, NumClipModel.Heads> heads,
            LabelScale scale,
            Path folder)
            throws IOException {
        TinyClip tiny = TinyClip.in(folder.resolve("tiny-clip"));
        ClipConfig config =
                new ClipConfig(ClipDirectory.config(tiny.directory()).text(), vision, embedDim(vision), Math.log(10));
        ClipBackbone backbone = ClipBackbone.random(config, 3, Device.cpu(), Precision.FP32);
        try (ClipTokenizer tokenizer =
                ClipTokenizer.load(tiny.directory(), config.text().contextLength())) {
            List<NumberPrompt> prompts = classes.concepts().stream()
                    .map(concept -> new NumberPrompt("", concept))
                    .toList();
            ImageTower imageTower = backbone.imageTower().giving(features);
            NumClipModel model = new NumClipModel(
                    imageTower,
                    new PromptLearner(prompts, tokenizer, backbone.textTower()),
                    new ImageAdapter(new ImageAdapter.Config(0.6, 2), embedDim(vision), 1, backbone.manager()),
                    heads.apply(imageTower.layout()),
                    classes,
                    CONCEPTS,
                    scale,
                    1);
            disturb(model);
            return new TrainedModel(
                    new NumClipPredictor(model, ClipPreprocessor.standard(vision.imageSize())),
                    scale,
                    "",
                    Precision.AUTO,
                    () -> ConceptWords.none("no words"),
                    Optional::empty);
        }
    }

    static int embedDim(ClipConfig.Vision vision) {
        if (vision.isConvolutional()) {
            return 2 * WIDTH;
        }
        return vision.form().projection() == ClipConfig.Projection.NONE ? WIDTH : TinyClip.EMBED_DIM;
    }

    /** Adds random numbers everywhere, so that no bias is 0. */
    static void disturb(NumClipModel model) {
        try (NDManager scope = model.imageTower().manager().newSubManager()) {
            Map<String, NDArray> others = new HashMap<>();
            for (Part part : Part.values()) {
                model.parameters(part)
                        .forEach((name, parameter) -> others.put(name, disturbed(name, parameter, scope)));
            }
            model.restore(others);
        }
    }

    private static NDArray disturbed(String name, Parameter parameter, NDManager scope) {
        NDArray array = parameter.getArray();
        SplittableRandom random = new SplittableRandom(name.hashCode());
        float[] values = array.toFloatArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) random.nextDouble(-0.3, 0.3);
        }
        return scope.create(values, array.getShape());
    }
}
