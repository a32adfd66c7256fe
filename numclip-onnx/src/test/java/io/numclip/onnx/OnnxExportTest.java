package io.numclip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipConfig.Activation;
import io.numclip.clip.directory.ClipConfig.ImageForm;
import io.numclip.clip.directory.ClipConfig.Pool;
import io.numclip.clip.directory.ClipConfig.Projection;
import io.numclip.clip.directory.ClipConfig.Rotary;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.head.Anchors;
import io.numclip.head.CoralHead;
import io.numclip.head.CornHead;
import io.numclip.head.CumulativeLinkHead;
import io.numclip.head.ExpectationHead;
import io.numclip.head.ExpertsHead;
import io.numclip.head.ImageTextHead;
import io.numclip.head.KernelHead;
import io.numclip.head.LikeliestHead;
import io.numclip.head.LinearHead;
import io.numclip.head.MedianHead;
import io.numclip.head.MlpHead;
import io.numclip.head.NeighboursHead;
import io.numclip.head.RidgeHead;
import io.numclip.head.SsrHead;
import io.numclip.head.TipAdapterHead;
import io.numclip.host.result.Versions;
import io.numclip.host.run.TrainedModel;
import io.numclip.model.ConceptWords;
import io.numclip.model.ModelDirectory;
import io.numclip.model.NumClipModel;
import io.numclip.model.NumClipPredictor;
import io.numclip.model.Part;
import io.numclip.runtime.OnnxModel;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.FittedCoarseHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.TinyClip;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.adjustment.Adjustment;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("ci")
class OnnxExportTest {

    private static final Offset<Float> CLOSE = Offset.offset(1e-4f);
    private static final Rotary ROTARY = new Rotary(5, 0.5);
    private static final Pool POOL = new Pool(4, 20);

    @TempDir
    private Path folder;

    static Stream<Arguments> towers() {
        return Stream.of(
                tower("CLIP of OpenAI", 16, Activation.QUICK_GELU, ImageForm.CLIP),
                tower("CLIP of LAION", 16, Activation.GELU, ImageForm.CLIP),
                tower("pixels beyond the last patch", 21, Activation.GELU, ImageForm.CLIP),
                tower("SigLIP", 16, Activation.GELU_TANH, form(false, true, false, POOL, Projection.NONE, null)),
                tower("PE-Core", 24, Activation.GELU, form(true, false, true, POOL, Projection.PLAIN, ROTARY)),
                tower("rotary alone", 24, Activation.GELU, form(true, true, false, null, Projection.BIASED, ROTARY)),
                tower("convolutions", 24, Activation.GELU, form(false, false, true, null, Projection.NONE, null)),
                tower("no token", 24, Activation.GELU, form(false, false, true, POOL, Projection.BIASED, ROTARY)));
    }

    private static ImageForm form(
            boolean classToken, boolean patchBias, boolean preNorm, Pool pool, Projection projection, Rotary rotary) {
        return new ImageForm(classToken, patchBias, preNorm, pool, projection, rotary);
    }

    private static Arguments tower(String name, int side, Activation activation, ImageForm form) {
        return Arguments.of(name, SmallModel.vision(side, 3, activation, form));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("towers")
    void everyFormOfATowerGivesTheSameNumbers(String name, ClipConfig.Vision vision) throws Exception {
        try (TrainedModel model = SmallModel.of(vision, folder)) {
            assertSameNumbers(model);
        }
    }

    /** In every form of a tower, for a head with words and heads without. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("towers")
    void featuresOfMoreLayersGiveTheSameNumbers(String name, ClipConfig.Vision vision) throws Exception {
        for (FeatureLayout.Choice features : vision.isConvolutional()
                ? new FeatureLayout.Choice[] {FeatureLayout.Choice.PROJECTED}
                : FeatureLayout.Choice.values()) {
            for (boolean readsTexts : new boolean[] {true, false}) {
                try (TrainedModel model = SmallModel.of(
                        vision,
                        features,
                        SmallModel.CONCEPTS,
                        layout -> heads(layout, readsTexts),
                        SmallModel.SCALE,
                        Files.createTempDirectory(folder, "model"))) {
                    assertSameNumbers(model);
                }
            }
        }
    }

    private static NumClipModel.Heads heads(FeatureLayout layout, boolean readsTexts) {
        HeadContext context = new HeadContext(SmallModel.CONCEPTS, layout.headWidth());
        CoarseHead coarse = readsTexts
                ? new ImageTextHead.Factory().create(new ImageTextHead.Config(), context)
                : new LinearHead.Factory().create(new LinearHead.Factory().defaults(), context);
        FineHead fine = readsTexts
                ? new ExpertsHead.Factory().create(new ExpertsHead.Factory().defaults(), context)
                : new RidgeHead.Factory().create(new RidgeHead.Factory().defaults(), context);
        return new NumClipModel.Heads(coarse, fine, readsTexts);
    }

    static Stream<Arguments> coarseHeads() {
        return Stream.of(
                Arguments.of(coarse(new ImageTextHead.Factory())),
                Arguments.of(coarse(new LinearHead.Factory())),
                Arguments.of(coarse(new MlpHead.Factory())),
                Arguments.of(coarse(new CoralHead.Factory())),
                Arguments.of(coarse(new CornHead.Factory())),
                Arguments.of(coarse(new CumulativeLinkHead.Factory())),
                Arguments.of(new TipAdapterHead.Factory().create(new TipAdapterHead.Config(6, 1, 5.5), context())),
                Arguments.of(new CumulativeLinkHead.Factory()
                        .create(new CumulativeLinkHead.Config(CumulativeLinkHead.Link.CLOGLOG), context())));
    }

    private static <C extends Record> CoarseHead coarse(CoarseHead.Factory<C> factory) {
        return factory.create(factory.defaults(), context());
    }

    @ParameterizedTest
    @MethodSource("coarseHeads")
    void everyCoarseHeadGivesTheSameNumbers(CoarseHead head) throws Exception {
        FineHead fine = fine(new ExpectationHead.Factory());
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), SmallModel.CONCEPTS, head, fine, folder)) {
            assertSameNumbers(model);
        }
    }

    /** More room than images, and images that come twice, as two concepts: the last neighbour is the first of a pair. */
    @Test
    void nearestNeighboursGiveTheSameNumbers() throws Exception {
        NeighboursHead head =
                (NeighboursHead) new NeighboursHead.Factory().create(new NeighboursHead.Config(50), context());
        FineHead fine = fine(new ExpectationHead.Factory());
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), SmallModel.CONCEPTS, head, fine, folder);
                NDManager scope =
                        model.predictor().model().imageTower().manager().newSubManager()) {
            NDArray some = scope.create(pixels(20 * TinyClip.EMBED_DIM), new Shape(20, TinyClip.EMBED_DIM));
            NDArray features = some.div(some.norm(new int[] {1}, true)).repeat(0, 2); // (40, D)
            long[] shown = IntStream.range(0, 40).mapToLong(i -> i % 4).toArray();
            FittedCoarseHead.Examples images = new FittedCoarseHead.Examples(features, scope.create(shown));
            head.fit(images, images, features, scope.create(1f));
            head.getParameters().get("k").getArray().set(new float[] {5});
            assertSameNumbers(model);
        }
    }

    @Test
    void aKernelGivesTheSameNumbers() throws Exception {
        KernelHead head = (KernelHead) new KernelHead.Factory().create(new KernelHead.Config(50), context());
        FineHead fine = fine(new ExpectationHead.Factory());
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), SmallModel.CONCEPTS, head, fine, folder);
                NDManager scope =
                        model.predictor().model().imageTower().manager().newSubManager()) {
            NDArray some = scope.create(pixels(40 * TinyClip.EMBED_DIM), new Shape(40, TinyClip.EMBED_DIM));
            NDArray features = some.div(some.norm(new int[] {1}, true)); // (40, D)
            long[] shown = IntStream.range(0, 40).mapToLong(i -> i % 4).toArray();
            FittedCoarseHead.Examples images = new FittedCoarseHead.Examples(features, scope.create(shown));
            head.fit(images, images, features, scope.create(1f));
            assertSameNumbers(model);
        }
    }

    static Stream<Arguments> fineHeads() {
        return Stream.of(
                Arguments.of(fine(new SsrHead.Factory())),
                Arguments.of(ssr(Anchors.LEFT_EDGE, false)),
                Arguments.of(ssr(Anchors.LEARNABLE, true)),
                Arguments.of(fine(new ExpectationHead.Factory())),
                Arguments.of(fine(new LikeliestHead.Factory())),
                Arguments.of(fine(new MedianHead.Factory())),
                Arguments.of(fine(new ExpertsHead.Factory())),
                Arguments.of(new ExpertsHead.Factory().create(new ExpertsHead.Config(Anchors.MIDPOINT), context())),
                Arguments.of(fine(new RidgeHead.Factory())));
    }

    private static FineHead ssr(Anchors anchor, boolean delta) {
        return new SsrHead.Factory().create(new SsrHead.Config(anchor, delta), context());
    }

    private static <C extends Record> FineHead fine(FineHead.Factory<C> factory) {
        return factory.create(factory.defaults(), context());
    }

    private static HeadContext context() {
        return new HeadContext(SmallModel.CONCEPTS, TinyClip.EMBED_DIM);
    }

    @ParameterizedTest
    @MethodSource("fineHeads")
    void everyFineHeadGivesTheSameNumbers(FineHead head) throws Exception {
        CoarseHead coarse = coarse(new ImageTextHead.Factory());
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), SmallModel.CONCEPTS, coarse, head, folder)) {
            assertSameNumbers(model);
        }
    }

    /** All images of the test are far from the training images, so that these say most. */
    @ParameterizedTest
    @MethodSource("fineHeads")
    void whatTheNearestTrainingImagesSayIsInTheFile(FineHead head) throws Exception {
        CoarseHead coarse = coarse(new ImageTextHead.Factory());
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), SmallModel.CONCEPTS, coarse, head, folder)) {
            assertSameNumbers(marking(model, familiar(model, 0.1f)));
            assertSameNumbers(marking(model, familiar(model, 1.2f)));
        }
    }

    private static TrainedModel marking(TrainedModel model, FamiliarImages familiar) {
        return new TrainedModel(
                model.predictor().marking(familiar),
                model.scale(),
                model.digest(),
                model.trained(),
                model.words(),
                model.regions());
    }

    private static FamiliarImages familiar(TrainedModel model, float reach) {
        try (NDManager scope = model.predictor().model().imageTower().manager().newSubManager()) {
            NDArray some = scope.create(pixels(20 * TinyClip.EMBED_DIM), new Shape(20, TinyClip.EMBED_DIM));
            NDArray features = some.div(some.norm(new int[] {1}, true)); // (20, D)
            float[][] training = new float[20][];
            float[] labels = new float[20];
            for (int n = 0; n < training.length; n++) {
                training[n] = features.get(n).toFloatArray();
                labels[n] = 4.5f * n;
            }
            return new FamiliarImages(training, new float[] {reach}, 0.05, 1, null, labels);
        }
    }

    @Test
    void wholeNumbersAreRounded() throws Exception {
        LabelScale whole = new LabelScale(0, 90, "units", true);
        CoarseHead coarse = coarse(new ImageTextHead.Factory());
        FineHead fine = fine(new SsrHead.Factory());
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), SmallModel.CONCEPTS, coarse, fine, whole, folder)) {
            assertSameNumbers(model);
            float[] pixels = pixels(3 * 16 * 16);
            try (OnnxTensor input = OnnxTensor.createTensor(
                            OrtEnvironment.getEnvironment(), FloatBuffer.wrap(pixels), new long[] {1, 3, 16, 16});
                    OrtSession session = OrtEnvironment.getEnvironment()
                            .createSession(folder.resolve("model.onnx").toString());
                    OrtSession.Result result = session.run(Map.of("pixels", input))) {
                assertThat(numbers(result, "value")[0] % 1).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void recalibratedModelGivesTheSameNumbers(boolean whole) throws Exception {
        LabelScale scale = new LabelScale(0, 90, "units", whole);
        FineHead fine = fine(new SsrHead.Factory());
        try (TrainedModel plain = SmallModel.of(
                SmallModel.plain(), SmallModel.CONCEPTS, coarse(new ImageTextHead.Factory()), fine, scale, folder)) {
            TrainedModel model = new TrainedModel(
                    plain.predictor().adjusted(new Adjustment(7.3, 0.8, 20)),
                    scale,
                    "",
                    Precision.AUTO,
                    plain.words(),
                    plain.regions());
            assertSameNumbers(model);
            float[] pixels = pixels(3 * 16 * 16);
            try (NDManager scope =
                    model.predictor().model().imageTower().manager().newSubManager()) {
                NDArray batch = scope.create(pixels, new Shape(1, 3, 16, 16));
                double before = plain.predictor()
                        .unrounded()
                        .predictPixels(batch)
                        .get(0)
                        .value();
                assertThat(model.predictor().predictPixels(batch).get(0).value())
                        .isEqualTo(scale.clamp(0.8 * before + 7.3));
            }
            try (OrtSession session = OrtEnvironment.getEnvironment()
                    .createSession(folder.resolve("model.onnx").toString())) {
                assertThat(session.getMetadata().getCustomMetadata())
                        .containsEntry("numclip.adjustment", "{\"offset\":7.3,\"slope\":0.8,\"images\":20}");
            }
        }
    }

    /** Its heads have a class for every number. */
    @Test
    void probabilitiesAreThoseOfConcepts() throws Exception {
        Bins ranks = new Bins(IntStream.range(0, 90)
                .mapToObj(rank -> new Bin("rank " + rank, rank, rank + 1, rank + 0.5))
                .toList());
        HeadContext context = new HeadContext(ranks, TinyClip.EMBED_DIM);
        CoarseHead coarse = new LinearHead.Factory().create(new LinearHead.Config(), context);
        FineHead fine = new ExpectationHead.Factory().create(new ExpectationHead.Config(), context);
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), ranks, coarse, fine, folder)) {
            assertSameNumbers(model);
        }
    }

    /** Its tower has no parameters: the weights are in the files of the CLIP, and in that of the model. */
    @Test
    void modelThatWasLoadedGivesTheSameNumbers() throws Exception {
        TinyClip clip = TinyClip.in(folder.resolve("clip"));
        Path directory = folder.resolve("model");
        try (NumClipModel trained = clip.model(SmallModel.CONCEPTS, fine(new SsrHead.Factory()))) {
            trained.train(Part.IMAGE_ENCODER, true);
            SmallModel.disturb(trained);
            ModelDirectory.write(directory, trained, clip.description(SmallModel.SCALE, "ssr"));
        }
        try (TrainedModel model = loaded(directory, clip, Precision.FP32)) {
            assertSameNumbers(model);
        }
    }

    /** Compared with the tower in int8 while it is written; and it is nearer to that than to the one in float32. */
    @Test
    void modelInEightBitsGivesItsNumbersForOneImage() throws Exception {
        TinyClip clip = TinyClip.in(folder.resolve("clip"));
        Path directory = frozen(clip);
        Path file = folder.resolve("model.onnx");
        Path exact = folder.resolve("exact.onnx");
        try (TrainedModel model = loaded(directory, clip, Precision.INT8);
                TrainedModel same = loaded(directory, clip, Precision.FP32)) {
            OnnxExport.write(model, file);
            OnnxExport.write(same, exact);
            assertThat(distance(file, model)).isLessThan(0.3 * distance(file, same));
            assertThat(Files.size(file)).isLessThan(Files.size(exact));
        }
        try (OnnxModel opened = OnnxModel.open(file)) {
            List<BufferedImage> images = List.of(image(Color.RED), image(Color.GRAY));
            assertThat(opened.predict(images))
                    .isEqualTo(images.stream().map(opened::predict).toList())
                    .doesNotHaveDuplicates();
        }
    }

    private static BufferedImage image(Color color) {
        BufferedImage image = new BufferedImage(20, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 4, color.getRGB());
        return image;
    }

    /** The largest difference of a feature, of the drawn images that take turns. */
    private static double distance(Path file, TrainedModel model) throws OrtException {
        double largest = 0;
        OrtEnvironment runtime = OrtEnvironment.getEnvironment();
        NumClipPredictor predictor = model.predictor();
        try (OrtSession session = runtime.createSession(file.toString());
                NDManager scope = predictor.model().imageTower().manager().newSubManager()) {
            for (float[] pixels : TrialImages.pixels(predictor.preprocessor())) {
                long side = predictor.preprocessor().height();
                long[] shape = {1, 3, side, side};
                float[] expected = predictor
                        .model()
                        .forward(scope.create(pixels, new Shape(shape)), false)
                        .imageFeatures()
                        .toFloatArray();
                try (OnnxTensor input = OnnxTensor.createTensor(runtime, FloatBuffer.wrap(pixels), shape);
                        OrtSession.Result found = session.run(Map.of("pixels", input), Set.of("imageFeatures"))) {
                    float[] features = ((float[][]) found.get(0).getValue())[0];
                    for (int i = 0; i < features.length; i++) {
                        largest = Math.max(largest, Math.abs(features[i] - expected[i]));
                    }
                }
            }
        }
        return largest;
    }

    private Path frozen(TinyClip clip) throws IOException {
        Path directory = folder.resolve("model");
        try (NumClipModel trained = clip.model(SmallModel.CONCEPTS, fine(new SsrHead.Factory()))) {
            ModelDirectory.write(directory, trained, clip.description(SmallModel.SCALE, "ssr"));
        }
        return directory;
    }

    @Test
    void modelInSixteenBitsIsRefused() throws IOException {
        TinyClip clip = TinyClip.in(folder.resolve("clip"));
        try (TrainedModel model = loaded(frozen(clip), clip, Precision.BF16)) {
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> OnnxExport.write(model, folder.resolve("model.onnx")))
                    .withMessageContaining("the model computes in bf16");
        }
    }

    private static TrainedModel loaded(Path directory, TinyClip clip, Precision precision) throws IOException {
        return new TrainedModel(
                ModelDirectory.open(directory)
                        .predictor(
                                clip.base(),
                                coarse(new ImageTextHead.Factory()),
                                fine(new SsrHead.Factory()),
                                Device.cpu(),
                                precision),
                SmallModel.SCALE,
                "",
                Precision.AUTO,
                () -> ConceptWords.none("no words"),
                Optional::empty);
    }

    @Test
    void fileThatGivesOtherNumbersIsNotKept() throws IOException {
        Path file = folder.resolve("model.onnx");
        Files.writeString(file, "before");
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), folder)) {
            ClipConfig config = model.predictor().model().imageTower().config();
            ClipConfig wrong = new ClipConfig(
                    config.text(),
                    SmallModel.vision(16, 2, Activation.GELU_TANH, ImageForm.CLIP),
                    config.projectionDim(),
                    config.logitScaleInit());
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> OnnxExport.write(model, wrong, file))
                    .withMessageContaining("ONNX Runtime gives other numbers than NumCLIP: ")
                    .withMessageMatching("(?s).* differs by up to [0-9.e-]+, allowed [0-9.e-]+")
                    .matches(failure -> failure.kind() == Kind.OUTPUT);
        }
        assertThat(file).hasContent("before");
        assertThat(Files.list(folder))
                .filteredOn(each -> each.toString().endsWith(".part"))
                .isEmpty();
    }

    @Test
    void headOfAPluginIsRefusedByName() throws IOException {
        CoarseHead coarse = coarse(new ImageTextHead.Factory());
        try (TrainedModel model =
                SmallModel.of(SmallModel.plain(), SmallModel.CONCEPTS, coarse, new HeadOfAPlugin(), folder)) {
            Path file = folder.resolve("model.onnx");
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> OnnxExport.write(model, file))
                    .withMessageContaining("the fine head " + HeadOfAPlugin.class.getName() + " comes from a plugin")
                    .matches(failure -> failure.fix().endsWith("ssr, expectation, likeliest, median, experts, ridge"));
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void placeThatCannotHoldAFileIsRefused() throws IOException {
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), folder)) {
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> OnnxExport.write(model, folder))
                    .withMessage(folder + ": this is a folder, expected the name of a file");
            Path file = folder.resolve("absent/model.onnx");
            assertThatExceptionOfType(NumClipException.class)
                    .isThrownBy(() -> OnnxExport.write(model, file))
                    .withMessage(file + ": there is no folder " + file.getParent());
        }
    }

    @Test
    void fileOfMoreThanTwoGigabytesIsRefused() {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OnnxExport.requireSize(1L << 31, Path.of("large.onnx")))
                .withMessageContaining("large.onnx: would have 2147483648 bytes");
    }

    @Test
    void metadataSaysHowToUseTheFile() throws Exception {
        Path file = folder.resolve("model.onnx");
        try (TrainedModel model = SmallModel.of(SmallModel.plain(), folder)) {
            OnnxExport.write(model, file);
        }
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            Map<String, String> metadata = session.getMetadata().getCustomMetadata();
            assertThat(metadata)
                    .containsEntry("numclip.version", Versions.NUMCLIP)
                    .doesNotContainKey("numclip.calibration");
            assertThat(json(metadata, "numclip.scale").at("/unit").asText()).isEqualTo("units");
            assertThat(json(metadata, "numclip.concepts").at("/2/concept").asText())
                    .isEqualTo("many");
            assertThat(json(metadata, "numclip.concepts").at("/2/anchor").asDouble())
                    .isEqualTo(40);
            assertThat(json(metadata, "numclip.preprocessing")
                            .at("/crop_size/height")
                            .asInt())
                    .isEqualTo(16);
            assertThat(session.getMetadata().getProducerName()).isEqualTo("NumCLIP");
        }
    }

    private static JsonNode json(Map<String, String> metadata, String key) throws IOException {
        return new ObjectMapper().readTree(metadata.get(key));
    }

    /** As no head of NumCLIP. */
    private static final class HeadOfAPlugin extends AbstractBlock implements FineHead {

        @Override
        protected NDList forwardInternal(
                ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
            return new NDList(inputs.get(0).max(new int[] {1}));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputs) {
            return new Shape[] {new Shape(inputs[0].get(0))};
        }
    }

    private void assertSameNumbers(TrainedModel model) throws Exception {
        Path file = folder.resolve("model.onnx");
        OnnxExport.write(model, file);
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file.toString())) {
            assertSameNumbers(model, session, 1);
            assertSameNumbers(model, session, 3);
        }
    }

    private static void assertSameNumbers(TrainedModel model, OrtSession session, int images) throws OrtException {
        int side = model.predictor().preprocessor().height();
        float[] pixels = pixels(images * 3 * side * side);
        long[] shape = {images, 3, side, side};
        List<Float> values = new ArrayList<>();
        List<Float> probabilities = new ArrayList<>();
        float[] features;
        try (NDManager scope = model.predictor().model().imageTower().manager().newSubManager()) {
            NDArray batch = scope.create(pixels, new Shape(shape));
            for (Prediction prediction : model.predictor().predictPixels(batch)) {
                values.add((float) prediction.value());
                Arrays.stream(prediction.probabilities()).forEach(each -> probabilities.add((float) each));
            }
            features = model.predictor()
                    .model()
                    .forward(batch, false)
                    .imageFeatures()
                    .toFloatArray();
        }
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(pixels), shape);
                OrtSession.Result result = session.run(Map.of("pixels", input))) {
            assertClose(numbers(result, "value"), values);
            assertClose(numbers(result, "probabilities"), probabilities);
            assertClose(numbers(result, "imageFeatures"), boxed(features));
        }
    }

    private static float[] numbers(OrtSession.Result result, String output) {
        FloatBuffer buffer = ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer();
        float[] numbers = new float[buffer.remaining()];
        buffer.get(numbers);
        return numbers;
    }

    private static void assertClose(float[] found, List<Float> expected) {
        assertThat(found).hasSize(expected.size());
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected.get(i), CLOSE);
        }
    }

    private static List<Float> boxed(float[] numbers) {
        List<Float> list = new ArrayList<>();
        for (float number : numbers) {
            list.add(number);
        }
        return list;
    }

    private static float[] pixels(int count) {
        SplittableRandom random = new SplittableRandom(count);
        float[] pixels = new float[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = (float) random.nextDouble(-2, 2);
        }
        return pixels;
    }
}
