package io.numclip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.numclip.clip.Precision;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Explanation;
import io.numclip.data.Explanation.Part;
import io.numclip.data.LabelScale;
import io.numclip.data.Prediction;
import io.numclip.head.ExpectationHead;
import io.numclip.head.ExpertsHead;
import io.numclip.head.LikeliestHead;
import io.numclip.head.RidgeHead;
import io.numclip.head.SsrHead;
import io.numclip.spi.ConceptNumbers;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import io.numclip.testing.TinyClip;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.evidence.KeptImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplainerTest {

    /** Numbers so large that float32 has no digits left behind the point. */
    private static final Bins YEARS = new Bins(List.of(
            new Bin("the thirties", 1930, 1940, 1934),
            new Bin("the forties", 1940, 1950, 1946),
            new Bin("the fifties", 1950, 1960, 1955)));

    private static final HeadContext CONTEXT = new HeadContext(YEARS, TinyClip.EMBED_DIM);
    private static final int IMAGES = 5;

    @TempDir
    private static Path folder;

    private static TinyClip clip;
    private static NDManager manager;

    @BeforeAll
    static void open() {
        clip = TinyClip.in(folder.resolve("clip"));
        manager = NDManager.newBaseManager();
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    static List<FineHead> headsThatSay() {
        return List.of(ssr(), expectation(), likeliest(), experts());
    }

    @ParameterizedTest
    @MethodSource("headsThatSay")
    void thePartsOfTheConceptsSumToTheNumber(FineHead head) throws IOException {
        try (NumClipModel model = clip.model(YEARS, head)) {
            disturb(head);
            NDArray features = features();
            float[] values = model.forwardFeatures(features, false).value().toFloatArray();
            List<Prediction> predictions = predictor(model).predictFeatures(features);
            for (int n = 0; n < IMAGES; n++) {
                Explanation explanation = explanation(predictions.get(n));
                assertThat(explanation.number()).isEqualTo(values[n]);
                double sum = 0;
                double weights = 0;
                for (Explanation.Concept concept : explanation.concepts()) {
                    Part part = concept.part();
                    assertThat(part).isNotNull();
                    sum += part.value();
                    weights += part.weight();
                }
                assertThat(sum).isCloseTo(explanation.number(), within(1e-6));
                assertThat(weights).isCloseTo(1, within(1e-6));
            }
        }
    }

    @Test
    void theNumbersOfConceptsAreThoseOfTheFormula() throws IOException {
        SsrHead head = (SsrHead) ssr();
        try (NumClipModel model = clip.model(YEARS, head)) {
            float[] shift = {1.5f, -0.5f, 0.25f};
            head.getParameters().get("delta.bias").getArray().set(shift);
            Explanation explanation =
                    explanation(predictor(model).predictFeatures(features()).get(0));
            for (int k = 0; k < YEARS.size(); k++) {
                double origin = YEARS.get(0).lower();
                double moved = origin + (YEARS.get(k).anchor() - origin) / (1 + Math.tanh(shift[k]));
                Part part = explanation.concepts().get(k).part();
                assertThat(part.anchor()).isEqualTo(YEARS.get(k).anchor());
                assertThat(part.number()).isCloseTo(moved, within(0.05)); // the hidden layer adds a little
            }
            assertThat(explanation.anchored()).isBetween(1934.0, 1955.0);
        }
    }

    @Test
    void theNumberIsTheSameWithAndWithoutAnExplanation() throws IOException {
        try (NumClipModel model = clip.model(YEARS, ssr())) {
            NDArray features = features();
            NumClipPredictor plain = new NumClipPredictor(model, ClipPreprocessor.standard(16));
            List<Prediction> predictions = plain.predictFeatures(features);
            List<Prediction> explained =
                    plain.explaining(ConceptWords.of(model.sentences())).predictFeatures(features);
            for (int n = 0; n < IMAGES; n++) {
                assertThat(predictions.get(n).explanation()).isNull();
                assertThat(explained.get(n).value())
                        .isEqualTo(predictions.get(n).value());
                assertThat(explained.get(n).concepts())
                        .isEqualTo(predictions.get(n).concepts());
                NDArray alone = features.get(n + ":" + (n + 1));
                assertThat(predictor(model).predictFeatures(alone).get(0).explanation())
                        .isEqualTo(explained.get(n).explanation());
            }
        }
    }

    @Test
    void aHeadThatDoesNotSayAndOneThatSaysWrongLeaveThePartsOut() throws IOException {
        FineHead ridge = new RidgeHead.Factory().create(new RidgeHead.Factory().defaults(), CONTEXT);
        try (NumClipModel model = clip.model(YEARS, ridge)) {
            Explanation explanation =
                    explanation(predictor(model).predictFeatures(features()).get(0));
            assertThat(explanation.hasParts()).isFalse();
            assertThat(explanation.concepts().get(1).words()).containsExactly("the forties.");
            assertThat(explanation.unexplained())
                    .containsExactly(
                            "what each concept adds to the number: the fine head does not say",
                            "the nearest training images: the model keeps none, as it cannot tell strange images");
        }
        try (NumClipModel model = clip.model(YEARS, new WrongHead())) {
            Explanation explanation =
                    explanation(predictor(model).predictFeatures(features()).get(0));
            assertThat(explanation.hasParts()).isFalse();
            assertThat(explanation.unexplained().get(0))
                    .contains("the fine head gives 1940.0, and what it says of the concepts sums to 194");
        }
    }

    @Test
    void classesOfAConceptAreTakenTogether() throws IOException {
        Bins concepts = new Bins(List.of(new Bin("early", 1930, 1950, 1940), new Bin("late", 1950, 1960, 1955)));
        FineHead head = expectation();
        try (NumClipModel ranks = clip.model(YEARS, head)) {
            NDArray features = features();
            Explanation fine =
                    explanation(predictor(ranks).predictFeatures(features).get(0));
            float[] probabilities =
                    ranks.forwardFeatures(features, false).logits().softmax(1).toFloatArray();
            Explainer explainer =
                    new Explainer(YEARS, new ClassConcepts(YEARS, concepts), ConceptWords.of(ranks.sentences()), null);
            NumClipModel.Explained found = ranks.explainFeatures(features);
            Explanation together = explainer.explain(
                    Explainer.Found.of(found.output().value().toFloatArray(), probabilities, found.numbers()),
                    0,
                    new float[TinyClip.EMBED_DIM]);
            assertThat(together.concepts())
                    .extracting(Explanation.Concept::concept)
                    .containsExactly("early", "late");
            Part early = together.concepts().get(0).part();
            Part first = fine.concepts().get(0).part();
            Part second = fine.concepts().get(1).part();
            assertThat(early.weight()).isCloseTo(first.weight() + second.weight(), within(1e-12));
            assertThat(early.value()).isCloseTo(first.value() + second.value(), within(1e-9));
            assertThat(early.number()).isBetween(1934.0, 1946.0);
            assertThat(together.concepts().get(0).words())
                    .containsExactly(probabilities[0] > probabilities[1] ? "the thirties." : "the forties.");
        }
    }

    @Test
    void theNearestTrainingImagesAreThoseOfALookAtEach() {
        Random random = new Random(3);
        float[][] training = units(random, 50);
        List<KeptImages.Image> names = new ArrayList<>();
        for (int s = 0; s < training.length; s++) {
            names.add(new KeptImages.Image("train/" + s + ".png", s));
        }
        FamiliarImages familiar = new FamiliarImages(training, new float[0], 0.05, 1, new KeptImages(names, 900), null);
        for (float[] feature : units(random, 20)) {
            Explanation.Neighbours found = familiar.nearest(feature, 3).orElseThrow();
            assertThat(found.kept()).isEqualTo(50);
            assertThat(found.trained()).isEqualTo(900);
            double above = Double.POSITIVE_INFINITY;
            for (Explanation.Neighbour each : found.nearest()) {
                int best = -1;
                for (int s = 0; s < training.length; s++) {
                    double cosine = cosine(training[s], feature);
                    best = cosine < above && (best < 0 || cosine > cosine(training[best], feature)) ? s : best;
                }
                assertThat(each.name()).isEqualTo("train/" + best + ".png");
                assertThat(each.label()).isEqualTo(best);
                assertThat(each.cosine()).isCloseTo(cosine(training[best], feature), within(1e-6));
                above = cosine(training[best], feature);
            }
        }
        assertThat(familiar.unnamed().nearest(training[0], 3)).isEmpty();
        assertThat(familiar.nearest(training[7], 1).orElseThrow().nearest())
                .extracting(Explanation.Neighbour::name)
                .containsExactly("train/7.png");
    }

    @Test
    void namesAndWordsAreKeptWithTheModelAndNamesAreNotHandedOn() throws IOException {
        Path directory = folder.resolve("model");
        Path copy = folder.resolve("copy");
        float[][] training = units(new Random(3), 2);
        KeptImages names = new KeptImages(
                List.of(new KeptImages.Image("a/\"1\".png", 34.57), new KeptImages.Image("b.png", -1)), 2);
        try (NumClipModel model = clip.model(YEARS, ssr())) {
            ModelDirectory.write(directory, model, clip.description(new LabelScale(1930, 1960, "years"), "ssr"));
            ModelDirectory.keepFamiliar(
                    directory,
                    new FamiliarImages(training, new float[] {0.5f}, 0.05, 1, names, null),
                    model.imageTower().manager());
            ModelDirectory.open(directory).writeFor(clip.base(), copy);
        }
        assertThat(familiar(directory).images()).contains(names);
        assertThat(familiar(copy).images()).isEmpty();
        assertThat(familiar(copy).training()).isDeepEqualTo(training);
        try (NumClipPredictor copied = predictor(copy)) {
            assertThat(copied.model().sentences())
                    .containsExactly(List.of("the thirties."), List.of("the forties."), List.of("the fifties."));
            Explanation explanation =
                    explanation(copied.explaining(ConceptWords.of(copied.model().sentences()))
                            .predictFeatures(features())
                            .get(0));
            assertThat(explanation.neighbours()).isNull();
            assertThat(explanation.unexplained())
                    .containsExactly("the nearest training images: the model does not know their names; it was trained"
                            + " with an earlier version, or handed on");
        }
    }

    private static FamiliarImages familiar(Path directory) throws IOException {
        return FamiliarFile.read(directory, TinyClip.EMBED_DIM, manager).orElseThrow();
    }

    private static NumClipPredictor predictor(Path directory) throws IOException {
        return ModelDirectory.open(directory)
                .predictor(clip.base(), TinyClip.imageText(YEARS), ssr(), Device.cpu(), Precision.FP32);
    }

    private static NumClipPredictor predictor(NumClipModel model) {
        return new NumClipPredictor(model, ClipPreprocessor.standard(16))
                .explaining(ConceptWords.of(model.sentences()));
    }

    private static Explanation explanation(Prediction prediction) {
        Explanation explanation = prediction.explanation();
        assertThat(explanation).isNotNull();
        return explanation;
    }

    private static double cosine(float[] left, float[] right) {
        double sum = 0;
        double first = 0;
        double second = 0;
        for (int d = 0; d < left.length; d++) {
            sum += (double) left[d] * right[d];
            first += (double) left[d] * left[d];
            second += (double) right[d] * right[d];
        }
        return sum / Math.sqrt(first * second);
    }

    private static float[][] units(Random random, int count) {
        float[][] units = new float[count][TinyClip.EMBED_DIM];
        for (float[] unit : units) {
            double length = 0;
            for (int d = 0; d < unit.length; d++) {
                unit[d] = (float) random.nextGaussian();
                length += (double) unit[d] * unit[d];
            }
            for (int d = 0; d < unit.length; d++) {
                unit[d] /= (float) Math.sqrt(length);
            }
        }
        return units;
    }

    /** (N, D). */
    private static NDArray features() {
        Random random = new Random(5);
        float[] values = new float[IMAGES * TinyClip.EMBED_DIM];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(IMAGES, TinyClip.EMBED_DIM));
    }

    private static void disturb(FineHead head) {
        Random random = new Random(11);
        head.getParameters().forEach(parameter -> {
            NDArray array = parameter.getValue().getArray();
            float[] noise = new float[Math.toIntExact(array.size())];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (0.3 * random.nextGaussian());
            }
            array.addi(array.getManager().create(noise, array.getShape()));
        });
    }

    private static FineHead ssr() {
        return new SsrHead.Factory().create(new SsrHead.Factory().defaults(), CONTEXT);
    }

    private static FineHead expectation() {
        return new ExpectationHead.Factory().create(new ExpectationHead.Config(), CONTEXT);
    }

    private static FineHead likeliest() {
        return new LikeliestHead.Factory().create(new LikeliestHead.Config(), CONTEXT);
    }

    /** Says that every concept adds a year more than it does. */
    private static final class WrongHead extends AbstractBlock implements FineHead {

        @Override
        protected NDList forwardInternal(
                ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
            NDArray ones = inputs.get(0).softmax(1).sum(new int[] {1}).round(); // (N)
            return new NDList(ones.mul(ones.getManager().create(1940f))); // (N)
        }

        @Override
        public Optional<ConceptNumbers> conceptNumbers(
                ParameterStore parameters, NDArray logits, NDArray imageFeatures) {
            return Optional.of(new ConceptNumbers(
                    logits.softmax(1), logits.onesLike().mul(logits.getManager().create(1941f))));
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return new Shape[] {new Shape(inputShapes[0].get(0))};
        }
    }

    private static FineHead experts() {
        return new ExpertsHead.Factory().create(new ExpertsHead.Factory().defaults(), CONTEXT);
    }
}
