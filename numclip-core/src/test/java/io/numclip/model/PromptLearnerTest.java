package io.numclip.model;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.ClipBackbone;
import io.numclip.clip.ClipTokenizer;
import io.numclip.clip.Precision;
import io.numclip.data.NumClipException;
import io.numclip.data.NumberPrompt;
import io.numclip.golden.ReferenceModel;
import java.io.IOException;
import java.util.List;
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
    void sharedContextHasOneEmbeddingPerToken() {
        PromptLearner learner = new PromptLearner(
                List.of(new NumberPrompt("a photo of a", "child"), new NumberPrompt("a photo of a", "young adult")),
                tokenizer,
                backbone);
        Assertions.assertThat(learner.contextParameters().get("prompt.context").getShape())
                .isEqualTo(new Shape(4, 32));
        Assertions.assertThat(learner.conceptParameters().get("prompt.concepts").getShape())
                .isEqualTo(new Shape(2, 2, 32));
    }

    @Test
    void promptThatIsTooLongIsNamed() {
        String context = "word ".repeat(80).trim();
        assertThatThrownBy(() -> new PromptLearner(List.of(new NumberPrompt(context, "child")), tokenizer, backbone))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("84 tokens; this CLIP reads at most 77");
    }

    private static void assertReadsLikeClip(List<NumberPrompt> prompts) {
        PromptLearner learner = new PromptLearner(prompts, tokenizer, backbone);
        try (NDManager scope = backbone.manager().newSubManager()) {
            NDArray features = learner.textFeatures(scope, false);
            for (int k = 0; k < prompts.size(); k++) {
                long[] ids = tokenizer.encode(prompts.get(k).sentence());
                NDArray expected = backbone.encodeTokens(
                        scope.create(ids, new Shape(1, ids.length)), scope.create(new long[] {ids.length - 1}), false);
                assertThat(features.get(k + ":" + (k + 1))).isCloseTo(expected, 1e-5);
            }
        }
    }
}
