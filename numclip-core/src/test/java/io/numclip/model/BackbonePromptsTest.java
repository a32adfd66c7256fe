package io.numclip.model;

import static io.numclip.testing.NDArrayAssert.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.clip.Precision;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.NumberPrompt;
import io.numclip.golden.Golden;
import io.numclip.golden.MadeUpWeights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts are the sentences that the tower's own tokenizer makes of them, in every family. */
class BackbonePromptsTest {

    private static final Path FOLDER = Path.of("src/test/resources/golden/backbones");

    private static final List<NumberPrompt> PROMPTS = List.of(
            new NumberPrompt("a photo of a", "child"),
            new NumberPrompt("a photo of a", "teenager"),
            new NumberPrompt("", "an old man"),
            new NumberPrompt("this is an", "adult", "of seven"),
            new NumberPrompt("a person", "ten", ", young"));

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"open-clip", "open-clip-custom", "open-clip-last", "siglip", "siglip2", "metaclip-2"})
    void untrainedPromptsAreTheSentencesThatTheTowerReads(String name) throws IOException {
        Path directory = MadeUpWeights.directory(
                FOLDER.resolve(name), Golden.json("backbones/" + name + "/figures.json"), temporary);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32);
                ClipTokenizer tokenizer = ClipTokenizer.load(directory);
                NDManager scope = backbone.manager().newSubManager()) {
            PromptLearner learner = new PromptLearner(PROMPTS, tokenizer, backbone.textTower());
            NDList expected = new NDList();
            for (NumberPrompt prompt : PROMPTS) {
                long[] ids = tokenizer.encode(prompt.sentence());
                NDArray end = scope.create(new long[] {tokenizer.pooledPosition(ids)});
                expected.add(
                        backbone.textTower().encodeTokens(scope.create(ids, new Shape(1, ids.length)), end, false));
            }
            assertThat(learner.textFeatures(scope, false)).isCloseTo(NDArrays.concat(expected), 1e-4);
        }
    }
}
