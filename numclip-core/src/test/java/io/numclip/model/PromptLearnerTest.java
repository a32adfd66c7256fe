package io.numclip.model;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.data.NumberPrompt;
import io.numclip.golden.ReferenceModel;
import io.numclip.spi.NumberPrompts;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PromptLearnerTest {

    private static ClipBackbone backbone;
    private static ClipTokenizer tokenizer;

    @BeforeAll
    static void load() throws IOException {
        backbone = ClipBackbone.load(ReferenceModel.CLIP, Device.cpu(), Precision.FP32);
        tokenizer =
                ClipTokenizer.load(ReferenceModel.CLIP, backbone.config().text().contextLength());
    }

    @AfterAll
    static void close() {
        tokenizer.close();
        backbone.close();
    }

    @Test
    void untrainedPromptsAreTheSentencesThatClipReads() {
        assertReadsLikeClip(List.of(
                new NumberPrompt("a photo of a", "child"),
                new NumberPrompt("a photo of a", "young adult"),
                new NumberPrompt("a photo of a", "middle aged adult person")));
    }

    @Test
    void eachPromptMayHaveAContextOfItsOwn() {
        assertReadsLikeClip(List.of(
                new NumberPrompt("a photo of a", "child"),
                new NumberPrompt("this is an", "adult"),
                new NumberPrompt("", "older adult")));
    }

    @Test
    void whatIsKeptOfTheBeginningFollowsTheWeights() {
        List<NumberPrompt> prompts = prompts("a photo of a", "");
        PromptLearner learner = new PromptLearner(prompts, tokenizer, backbone.textTower());
        String name = "text_model.encoder.layers.0.self_attn.v_proj.weight";
        NDArray weight = backbone.textTower().parameters().get(name).getArray();
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray before = learner.textFeatures(scope, true);
            assertThat(learner.textFeatures(scope, true)).isCloseTo(before, 0);
            weight.muli(2);
            backbone.imageTower().version().parametersReplaced();
            assertThat(learner.textFeatures(scope, false)).isCloseTo(read(prompts, scope), 1e-5);
        } finally {
            weight.divi(2);
            backbone.imageTower().version().parametersReplaced();
        }
    }

    @Test
    void sharedContextHasOneEmbeddingPerToken() {
        PromptLearner learner = new PromptLearner(
                List.of(new NumberPrompt("a photo of a", "child"), new NumberPrompt("a photo of a", "young adult")),
                tokenizer,
                backbone.textTower());
        Assertions.assertThat(learner.contextParameters().get("prompt.context").getShape())
                .isEqualTo(new Shape(4, 32));
        Assertions.assertThat(learner.conceptParameters().get("prompt.concepts").getShape())
                .isEqualTo(new Shape(2, 2, 32));
    }

    @Test
    void wordsMayFollowTheConcept() {
        assertReadsLikeClip(List.of(
                new NumberPrompt("a photo of a", "child", "at home"),
                new NumberPrompt("", "young adult", ", smiling")));
    }

    @Test
    void featuresOfSeveralWordingsAreAveragedAsDirections() {
        List<NumberPrompt> first = prompts("a photo of a", "");
        List<NumberPrompt> second = prompts("this is an", "at home");
        List<NumberPrompt> both = Stream.concat(first.stream(), second.stream()).toList();
        PromptLearner learner =
                new PromptLearner(bins -> both, ReferenceModel.BINS, tokenizer, backbone.textTower(), 1);
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray expected = NumClipModel.normalize(read(first, scope))
                    .add(NumClipModel.normalize(read(second, scope)))
                    .div(2);
            assertThat(learner.textFeatures(scope, false)).isCloseTo(expected, 1e-5);
        }
    }

    @Test
    void wordingsShareTheEmbeddingsOfTheSameWord() {
        List<NumberPrompt> both = Stream.concat(
                        prompts("a photo of a", "").stream(), prompts("this is an", "").stream())
                .toList();
        PromptLearner learner =
                new PromptLearner(bins -> both, ReferenceModel.BINS, tokenizer, backbone.textTower(), 1);
        Assertions.assertThat(learner.conceptParameters()
                        .get("prompt.concepts")
                        .getArray()
                        .getShape())
                .isEqualTo(new Shape(5, 2, 32));
        Assertions.assertThat(learner.contextParameters()
                        .get("prompt.context")
                        .getArray()
                        .getShape())
                .isEqualTo(new Shape(7, 32));
    }

    @Test
    void interpolatedConceptsAreMixturesOfTheBaseConcepts() {
        double[][] weights = {{1, 0}, {0.75, 0.25}, {0.5, 0.5}, {0.25, 0.75}, {0, 1}};
        PromptLearner learner =
                new PromptLearner(new Mixed(weights), ReferenceModel.BINS, tokenizer, backbone.textTower(), 1);
        PromptLearner ends = new PromptLearner(
                List.of(new NumberPrompt("a photo of a", "child"), new NumberPrompt("a photo of a", "senior")),
                tokenizer,
                backbone.textTower());
        Assertions.assertThat(learner.conceptParameters()
                        .get("prompt.concepts")
                        .getArray()
                        .getShape())
                .isEqualTo(new Shape(2, 1, 32));
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray features = learner.textFeatures(scope, false);
            NDArray expected = ends.textFeatures(scope, false);
            Assertions.assertThat(features.getShape()).isEqualTo(new Shape(5, 24));
            assertThat(features.get("0:1")).isCloseTo(expected.get("0:1"), 1e-5);
            assertThat(features.get("4:5")).isCloseTo(expected.get("1:2"), 1e-5);
            NDArray middle = learner.conceptParameters()
                    .get("prompt.concepts")
                    .getArray()
                    .mean(new int[] {0});
            ends.conceptParameters().get("prompt.concepts").getArray().set(new NDIndex("0"), middle);
            assertThat(features.get("2:3"))
                    .isCloseTo(ends.textFeatures(scope, false).get("0:1"), 1e-5);
        }
    }

    @Test
    void randomContextIsDrawnFromItsSeed() {
        Assertions.assertThat(randomContext(1)).isEqualTo(randomContext(1)).isNotEqualTo(randomContext(2));
        double deviation = Math.sqrt(IntStream.range(0, randomContext(1).length)
                .mapToDouble(i -> randomContext(1)[i] * randomContext(1)[i])
                .average()
                .orElseThrow());
        Assertions.assertThat(deviation).isCloseTo(0.02, Assertions.within(0.005));
    }

    @Test
    void promptsThatFitNoBinsAreNamed() {
        assertThatThrownBy(() -> new PromptLearner(
                        bins -> prompts("", "").subList(0, 4), ReferenceModel.BINS, tokenizer, backbone.textTower(), 1))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("5 concepts in one or more wordings, found 4 for 5 bins");
    }

    @Test
    void promptThatIsTooLongIsNamed() {
        String context = "word ".repeat(80).trim();
        assertThatThrownBy(() ->
                        new PromptLearner(List.of(new NumberPrompt(context, "child")), tokenizer, backbone.textTower()))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("84 tokens; this CLIP reads at most 77");
    }

    private static void assertReadsLikeClip(List<NumberPrompt> prompts) {
        PromptLearner learner = new PromptLearner(prompts, tokenizer, backbone.textTower());
        try (NDManager scope = backbone.manager().newSubManager()) {
            assertThat(learner.textFeatures(scope, false)).isCloseTo(read(prompts, scope), 1e-5);
        }
    }

    /** What CLIP makes of the sentences, one by one. */
    private static NDArray read(List<NumberPrompt> prompts, NDManager scope) {
        NDList features = new NDList();
        for (NumberPrompt prompt : prompts) {
            long[] ids = tokenizer.encode(prompt.sentence());
            features.add(backbone.textTower()
                    .encodeTokens(
                            scope.create(ids, new Shape(1, ids.length)),
                            scope.create(new long[] {ids.length - 1}),
                            false));
        }
        return NDArrays.concat(features);
    }

    private static List<NumberPrompt> prompts(String context, String ending) {
        return ReferenceModel.BINS.concepts().stream()
                .map(concept -> new NumberPrompt(context, concept, ending))
                .toList();
    }

    private static float[] randomContext(long seed) {
        NumberPrompts wording = new NumberPrompts() {
            @Override
            public List<NumberPrompt> promptsFor(Bins bins) {
                return prompts("X X X X", "X X X X");
            }

            @Override
            public boolean isContextRandom() {
                return true;
            }
        };
        PromptLearner learner = new PromptLearner(wording, ReferenceModel.BINS, tokenizer, backbone.textTower(), seed);
        return learner.contextParameters().get("prompt.context").getArray().toFloatArray();
    }

    /** Child and senior, and what lies between. */
    private record Mixed(double[][] weights) implements NumberPrompts {
        @Override
        public List<NumberPrompt> promptsFor(Bins bins) {
            return List.of(new NumberPrompt("a photo of a", "child"), new NumberPrompt("a photo of a", "senior"));
        }

        @Override
        public double[][] interpolation(Bins bins) {
            return weights;
        }
    }
}
