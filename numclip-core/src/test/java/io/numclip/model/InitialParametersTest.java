package io.numclip.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import ai.djl.util.PairList;
import io.numclip.clip.Precision;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.clip.tower.ClipBackbone;
import io.numclip.data.LabelScale;
import io.numclip.golden.ReferenceModel;
import io.numclip.golden.TestDevice;
import io.numclip.head.CornHead;
import io.numclip.head.SsrHead;
import io.numclip.prompt.LearnedContextPrompts;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.HeadContext;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every parameter that starts at random has numbers of its own, and the seed of the run decides all of them. */
class InitialParametersTest {

    @Test
    void allThatIsRandomDependsOnTheSeedAndOnNothingElse() throws IOException {
        Map<String, List<Float>> first = own(1);
        Engine.getInstance().setRandomSeed(99);
        assertThat(own(1)).isEqualTo(first);
        Map<String, List<Float>> second = own(2);
        assertThat(first)
                .containsOnlyKeys(
                        "adapter.fc.0.weight",
                        "adapter.fc.2.weight",
                        "coarse_head.weight",
                        "fine_head.delta.weight",
                        "fine_head.hidden.weight",
                        "prompt.context");
        first.forEach((name, numbers) -> assertThat(numbers).as(name).isNotEqualTo(second.get(name)));
    }

    @Test
    void noTwoParametersShareTheirNumbers() throws IOException {
        Map<String, List<Float>> numbers = own(1);
        assertThat(unitFree(numbers)).hasSize(numbers.size());
    }

    @Test
    void theInitializersOfDjlInAStrangersHeadsAreSeededToo() throws IOException {
        Map<String, List<Float>> first = strange(1);
        Engine.getInstance().setRandomSeed(99);
        assertThat(strange(1)).isEqualTo(first);
        assertThat(unitFree(first)).hasSize(4);
        Map<String, List<Float>> second = strange(2);
        first.forEach((name, numbers) -> assertThat(numbers).as(name).isNotEqualTo(second.get(name)));
    }

    /** The first numbers of each parameter, relative to the very first: equal for a stream at two deviations. */
    private static Set<List<Integer>> unitFree(Map<String, List<Float>> parameters) {
        Set<List<Integer>> different = new HashSet<>();
        for (List<Float> numbers : parameters.values()) {
            different.add(numbers.subList(1, 6).stream()
                    .map(number -> Math.round(1000 * number / numbers.get(0)))
                    .toList());
        }
        return different;
    }

    private static Map<String, List<Float>> own(long seed) throws IOException {
        CornHead.Factory corn = new CornHead.Factory();
        SsrHead.Factory ssr = new SsrHead.Factory();
        return random(seed, corn.create(corn.defaults(), context()), ssr.create(ssr.defaults(), context()));
    }

    private static Map<String, List<Float>> strange(long seed) throws IOException {
        Map<String, List<Float>> all = random(seed, new StrangeCoarse(), new StrangeFine());
        all.keySet().removeIf(name -> !name.contains("head"));
        return all;
    }

    private static HeadContext context() {
        return new HeadContext(ReferenceModel.BINS, 24);
    }

    /** Parameters that do not start at constants, by name. */
    private static Map<String, List<Float>> random(long seed, CoarseHead coarse, FineHead fine) throws IOException {
        ClipBackbone backbone = ClipBackbone.load(ReferenceModel.CLIP, TestDevice.get(), Precision.FP32);
        try (NumClipModel model = model(backbone, seed, coarse, fine)) {
            Map<String, List<Float>> result = new TreeMap<>();
            for (Part part : List.of(Part.ADAPTER, Part.CONTEXT, Part.COARSE_HEAD, Part.FINE_HEAD)) {
                model.parameters(part).forEach((name, parameter) -> result.put(name, numbers(parameter)));
            }
            result.values().removeIf(numbers -> Set.copyOf(numbers).size() < 3);
            return result;
        }
    }

    private static NumClipModel model(ClipBackbone backbone, long seed, CoarseHead coarse, FineHead fine)
            throws IOException {
        try (ClipTokenizer tokenizer =
                ClipTokenizer.load(ReferenceModel.CLIP, backbone.config().text().contextLength())) {
            LearnedContextPrompts.Factory coop = new LearnedContextPrompts.Factory();
            return new NumClipModel(
                    backbone.imageTower(),
                    new PromptLearner(
                            coop.create(coop.defaults()), ReferenceModel.BINS, tokenizer, backbone.textTower(), seed),
                    new ImageAdapter(ImageAdapter.Config.defaults(), backbone.embedDim(), seed, backbone.manager()),
                    coarse,
                    fine,
                    ReferenceModel.BINS,
                    new LabelScale(0, 100, "years"),
                    seed);
        }
    }

    private static List<Float> numbers(Parameter parameter) {
        float[] array = parameter.getArray().toFloatArray();
        return IntStream.range(0, array.length).mapToObj(i -> array[i]).toList();
    }

    /** Heads as a stranger writes them, with two parameters each. */
    private static class Strange extends AbstractBlock {
        Strange() {
            for (String name : List.of("a", "b")) {
                addParameter(Parameter.builder()
                        .setName(name)
                        .setType(Parameter.Type.WEIGHT)
                        .optShape(new Shape(6))
                        .optInitializer(new NormalInitializer())
                        .build());
            }
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> unused) {
            return inputs;
        }

        @Override
        public Shape[] getOutputShapes(Shape[] inputShapes) {
            return inputShapes;
        }
    }

    private static final class StrangeCoarse extends Strange implements CoarseHead {}

    private static final class StrangeFine extends Strange implements FineHead {}
}
