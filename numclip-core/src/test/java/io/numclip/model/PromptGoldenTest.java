package io.numclip.model;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.Precision;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.golden.Golden;
import io.numclip.golden.ReferenceModel;
import io.numclip.prompt.LearnedContextPrompts;
import io.numclip.prompt.LearnedContextPrompts.Position;
import io.numclip.prompt.RankInterpolationPrompts;
import io.numclip.prompt.RankInterpolationPrompts.Interpolation;
import io.numclip.prompt.TemplatePrompts;
import io.numclip.spi.NumberPrompts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rivals that learn the prompt, against {@code tools/golden/prompts.py}: prototypes, loss and gradients. */
class PromptGoldenTest {

    private static final double RELATIVE = 2e-5; // the activation is rounded in another place

    private final JsonNode golden = Golden.json("prompts.json");
    private ClipBackbone backbone;
    private ClipTokenizer tokenizer;
    private NDManager scope;

    @BeforeEach
    void load() throws IOException {
        backbone = ClipBackbone.load(ReferenceModel.CLIP, Device.cpu(), Precision.FP32);
        tokenizer =
                ClipTokenizer.load(ReferenceModel.CLIP, backbone.config().text().contextLength());
        scope = backbone.manager().newSubManager();
    }

    @AfterEach
    void close() {
        tokenizer.close();
        backbone.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"coop end", "coop middle"})
    void contextIsLearntAloneAsInCoop(String name) {
        JsonNode expected = expected(name);
        Position position = Position.valueOf(name.substring(5).toUpperCase(Locale.ROOT));
        int tokens = expected.get("context").size();
        PromptLearner learner = learner(
                new LearnedContextPrompts.Factory().create(new LearnedContextPrompts.Config(tokens, "", position)));
        Parameter context = learner.contextParameters().get("prompt.context");
        context.getArray().set(new NDIndex("..."), Golden.array(scope, expected.get("context")));
        context.freeze(false);
        evaluate(learner, expected);
        assertGradient(context, expected.get("gradients").get("context"));
        assertThat(concepts(learner).getArray().hasGradient()).isFalse();
    }

    @Test
    void aContextOfWordsIsHalvedByTokensAsInOrdinalClip() {
        JsonNode expected = expected("context middle");
        String words = expected.get("words").asText();
        PromptLearner learner = learner(new LearnedContextPrompts.Factory()
                .create(new LearnedContextPrompts.Config(1, words, Position.MIDDLE)));
        Parameter context = learner.contextParameters().get("prompt.context");
        context.freeze(false);
        evaluate(learner, expected);
        assertGradient(context, expected.get("gradients").get("context"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ordinalclip linear", "ordinalclip inverse", "ordinalclip normal"})
    void baseRanksAreLearntAsInOrdinalClip(String name) {
        JsonNode expected = expected(name);
        Interpolation interpolation = Interpolation.valueOf(
                expected.get("interpolation").asText().toUpperCase(Locale.ROOT).replace('-', '_'));
        PromptLearner learner = learner(new RankInterpolationPrompts.Factory()
                .create(new RankInterpolationPrompts.Config(
                        "age estimation: the person is a",
                        expected.get("base_ranks").asInt(),
                        interpolation)));
        Parameter context = learner.contextParameters().get("prompt.context");
        context.freeze(false);
        concepts(learner).freeze(false);
        evaluate(learner, expected);
        assertGradient(context, expected.get("gradients").get("context"));
        assertGradient(concepts(learner), expected.get("gradients").get("concepts"));
    }

    @Test
    void wordingsAreAveragedAsInAnEnsemble() {
        JsonNode expected = expected("ensemble");
        List<String> templates = new ArrayList<>();
        expected.get("templates").forEach(template -> templates.add(template.asText()));
        PromptLearner learner =
                learner(new TemplatePrompts.Factory().create(new TemplatePrompts.Config("", templates)));
        concepts(learner).freeze(false);
        evaluate(learner, expected);
        NDArray gradient = gradient(concepts(learner));
        for (int k = 0; k < ReferenceModel.BINS.size(); k++) {
            JsonNode words = expected.get("gradients").get("concept " + k);
            assertClose(gradient.get(k + ", 0:" + words.size()), words);
        }
    }

    private JsonNode expected(String name) {
        for (JsonNode each : golden.get("cases")) {
            if (each.get("name").asText().equals(name)) {
                return each;
            }
        }
        throw new AssertionError("there is no golden case " + name);
    }

    private PromptLearner learner(NumberPrompts wording) {
        return new PromptLearner(wording, ReferenceModel.BINS, tokenizer, backbone.textTower(), 1);
    }

    private static Parameter concepts(PromptLearner learner) {
        return learner.conceptParameters().get("prompt.concepts");
    }

    private void evaluate(PromptLearner learner, JsonNode expected) {
        try (GradientCollector collector = scope.getEngine().newGradientCollector()) {
            NDArray prototypes = NumClipModel.normalize(learner.textFeatures(scope, true)); // (K, D)
            assertClose(prototypes, expected.get("prototypes"));
            NDArray loss = loss(prototypes);
            double value = expected.get("loss").asDouble();
            assertThat((double) loss.getFloat()).isCloseTo(value, within(RELATIVE * value));
            collector.backward(loss);
        }
    }

    private NDArray loss(NDArray prototypes) {
        NDArray images = Golden.array(scope, golden.get("images")); // (N, D)
        NDArray scale = scope.create((float) golden.get("scale").asDouble());
        NDArray logits = images.matMul(prototypes.transpose()).mul(scale); // (N, K)
        NDArray labels = Golden.array(scope, golden.get("labels")); // (N)
        NDArray hot = labels.reshape(-1, 1).eq(scope.arange(5f).reshape(1, -1)).toType(logits.getDataType(), false);
        NDArray count = scope.create(-(float) labels.size());
        return logits.logSoftmax(1).mul(hot).sum().div(count);
    }

    private void assertGradient(Parameter parameter, JsonNode expected) {
        assertClose(gradient(parameter), expected);
    }

    private NDArray gradient(Parameter parameter) {
        NDArray gradient = parameter.getArray().getGradient();
        gradient.attach(scope);
        return gradient;
    }

    private void assertClose(NDArray array, JsonNode expected) {
        assertThat(array).isRelativelyCloseTo(Golden.array(scope, expected), RELATIVE);
    }
}
