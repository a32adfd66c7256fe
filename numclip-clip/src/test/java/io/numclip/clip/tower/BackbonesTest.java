package io.numclip.clip.tower;

import static io.numclip.golden.GoldenFigures.cosine;
import static io.numclip.golden.GoldenFigures.floats;
import static io.numclip.golden.GoldenFigures.longs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.Precision;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.text.ClipTokenizer;
import io.numclip.golden.GoldenFigures;
import io.numclip.golden.MadeUpWeights;
import io.numclip.image.ImageDecoder;
import io.numclip.storage.JsonFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Relatives of CLIP, against figures of the libraries that they come from. */
class BackbonesTest {

    private static final Path FOLDER = GoldenFigures.FOLDER.resolve("backbones");

    private static final byte[] NO_TENSORS = {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'};

    @TempDir
    private Path temporary;

    static List<String> withTexts() {
        return List.of(
                "open-clip",
                "open-clip-custom",
                "open-clip-last",
                "open-clip-pe-core",
                "open-clip-siglip2",
                "siglip",
                "siglip2",
                "metaclip-2");
    }

    @ParameterizedTest
    @MethodSource("withTexts")
    void featuresAndIdsEqualThoseOfTheLibrary(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("backbones/" + name + "/figures.json");
        Path directory = MadeUpWeights.directory(FOLDER.resolve(name), golden, temporary);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32);
                ClipTokenizer tokenizer = ClipTokenizer.load(directory)) {
            for (JsonNode text : golden.get("texts")) {
                assertThat(tokenizer.encode(text.get("text").asText()))
                        .as(text.get("text").asText())
                        .containsExactly(unpadded(text, backbone, tokenizer));
                assertClose(texts(backbone, tokenizer, text.get("text").asText()), floats(text.get("embedding")));
            }
            assertImagesEqual(golden, directory, backbone);
        }
    }

    /** OpenCLIP has its own vocabulary then, and pads with 0 whatever the settings of another tokenizer say. */
    @ParameterizedTest
    @ValueSource(strings = {"open-clip-custom", "open-clip-last"})
    void settingsOfATokenizerThatOpenClipDoesNotReadChangeNothing(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("backbones/" + name + "/figures.json");
        Path directory = MadeUpWeights.directory(FOLDER.resolve(name), golden, temporary);
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(GoldenFigures.FOLDER.resolve("clip-tiny-random").resolve(file), directory.resolve(file));
        }
        assertThat(Files.readString(directory.resolve("tokenizer_config.json"))).contains("pad_token");
        try (ClipTokenizer tokenizer = ClipTokenizer.load(directory)) {
            JsonNode text = golden.get("texts").get(0);
            assertThat(tokenizer.encode(text.get("text").asText())).containsExactly(longs(text.get("ids")));
        }
    }

    /** OpenCLIP takes the token with the largest id, or the first with an id that the configuration names. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eos | text_cfg/eos_id: null, expected 49407, the end token of the tokenizer",
                "argmax | text_cfg/pool_type: \"argmax\", expected eos or last: the end token 1 is not the largest id, 419",
            })
    void aTextThatIsReadBeforeItsEndIsRefused(String pool, String message) throws IOException {
        Path golden = FOLDER.resolve(pool.equals("eos") ? "open-clip" : "open-clip-siglip2");
        Path directory = Files.createDirectory(temporary.resolve("clip"));
        for (String file : List.of("open_clip_config.json", "tokenizer.json")) {
            if (Files.exists(golden.resolve(file))) {
                Files.copy(golden.resolve(file), directory.resolve(file));
            }
        }
        Path file = directory.resolve("open_clip_config.json");
        ObjectNode root = (ObjectNode) JsonFile.MAPPER.readTree(file.toFile());
        ((ObjectNode) root.at("/model_cfg/text_cfg")).put("pool_type", pool);
        JsonFile.MAPPER.writeValue(file.toFile(), root);
        Files.write(directory.resolve("open_clip_model.safetensors"), NO_TENSORS);
        assertThatThrownBy(() -> ClipTokenizer.load(directory)).hasMessageContaining(message);
    }

    private static void assertImagesEqual(JsonNode golden, Path directory, ClipBackbone backbone) throws IOException {
        for (JsonNode image : golden.get("images")) {
            float[] pixels = pixels(directory, image.get("file").asText());
            float[] features = images(backbone.imageTower(), pixels, 1);
            assertThat(cosine(features, floats(image.get("embedding")))).isGreaterThan(0.9995);
        }
        JsonNode noise = golden.get("pixels");
        int size = 3 * side(backbone) * side(backbone);
        float[] all = MadeUpWeights.uniform("pixels", noise.size() * size);
        for (int i = 0; i < noise.size(); i++) {
            float[] features = images(backbone.imageTower(), Arrays.copyOfRange(all, i * size, (i + 1) * size), 1);
            assertClose(features, floats(noise.get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"open-clip-custom", "open-clip-pe-core", "siglip2"})
    void sixteenBitsTurnFeaturesOnlySlightly(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("backbones/" + name + "/figures.json");
        Path directory = MadeUpWeights.directory(FOLDER.resolve(name), golden, temporary);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.BF16);
                ClipTokenizer tokenizer = ClipTokenizer.load(directory)) {
            JsonNode text = golden.get("texts").get(0);
            float[] words = texts(backbone, tokenizer, text.get("text").asText());
            assertThat(cosine(words, floats(text.get("embedding")))).isBetween(0.999, 0.9999999);
            int size = 3 * side(backbone) * side(backbone);
            float[] features = images(backbone.imageTower(), MadeUpWeights.uniform("pixels", size), 1);
            assertThat(cosine(features, floats(golden.get("pixels").get(0)))).isBetween(0.999, 0.9999999);
        }
    }

    /** Towers whose tokens are pooled by attention, and one whose class token stands for the image. */
    @ParameterizedTest
    @ValueSource(strings = {"open-clip-custom", "open-clip-pe-core", "siglip2"})
    void eightBitsTurnImageFeaturesOnlySlightly(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("backbones/" + name + "/figures.json");
        Path directory = MadeUpWeights.directory(FOLDER.resolve(name), golden, temporary);
        try (ImageTower tower = ImageTower.load(directory, Device.cpu(), Precision.INT8)) {
            int side = tower.config().vision().imageSize();
            float[] features = images(tower, MadeUpWeights.uniform("pixels", 3 * side * side), 1);
            assertThat(cosine(features, floats(golden.get("pixels").get(0)))).isBetween(0.999, 0.9999999);
        }
    }

    /** Image towers that stand alone, with and without the prefix of tensors that transformers 4 wrote. */
    @ParameterizedTest
    @ValueSource(strings = {"image-clip", "image-clip-4", "image-clip-projected", "image-metaclip-2", "image-siglip"})
    void towersWithoutTextGiveTheSameFeaturesAndGradients(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("backbones/" + name + "/figures.json");
        Path directory = MadeUpWeights.directory(FOLDER.resolve(name), golden, temporary);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32);
                ImageTower bf16 = ImageTower.load(directory, Device.cpu(), Precision.BF16)) {
            assertThat(backbone.config().hasText()).isFalse();
            assertThat(backbone.embedDim())
                    .isEqualTo(golden.get("pixels").get(0).size());
            assertImagesEqual(golden, directory, backbone);
            int size = 3 * side(backbone) * side(backbone);
            float[] rounded = images(bf16, MadeUpWeights.uniform("pixels", size), 1);
            assertThat(cosine(rounded, floats(golden.get("pixels").get(0)))).isBetween(0.999, 0.9999999);
            Map<String, Parameter> parameters = backbone.imageTower().parameters();
            parameters.values().forEach(parameter -> parameter.freeze(false));
            try (NDManager manager = backbone.manager().newSubManager();
                    GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(noise(manager, backbone, 2).square().sum());
            }
            assertGradients(golden, parameters);
        }
    }

    /** Norms of the gradients of the sum of all features' squares. */
    @ParameterizedTest
    @ValueSource(strings = {"open-clip-pe-core", "siglip", "siglip2"})
    void gradientsEqualThoseOfPyTorch(String name) throws IOException {
        JsonNode golden = GoldenFigures.read("backbones/" + name + "/figures.json");
        Path directory = MadeUpWeights.directory(FOLDER.resolve(name), golden, temporary);
        try (ClipBackbone backbone = ClipBackbone.load(directory, Device.cpu(), Precision.FP32);
                ClipTokenizer tokenizer = ClipTokenizer.load(directory)) {
            Map<String, Parameter> parameters =
                    new HashMap<>(backbone.imageTower().parameters());
            parameters.putAll(backbone.textTower().parameters());
            parameters.values().forEach(parameter -> parameter.freeze(false));
            step(backbone, tokenizer, golden);
            assertGradients(golden, parameters);
        }
    }

    private static void assertGradients(JsonNode golden, Map<String, Parameter> parameters) {
        for (Map.Entry<String, JsonNode> gradient : golden.get("gradients").properties()) {
            double expected = gradient.getValue().doubleValue();
            NDArray found = parameters.get(gradient.getKey()).getArray().getGradient();
            assertThat((double) found.norm().getFloat())
                    .as(gradient.getKey())
                    .isCloseTo(expected, Offset.offset(1e-3 * expected));
        }
    }

    private static void step(ClipBackbone backbone, ClipTokenizer tokenizer, JsonNode golden) {
        long[] ids = tokenizer.encode(golden.get("texts").get(0).get("text").asText());
        try (NDManager manager = backbone.manager().newSubManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray tokens = manager.create(ids, new Shape(1, ids.length));
            NDArray end = manager.create(new long[] {tokenizer.pooledPosition(ids)});
            NDArray images = noise(manager, backbone, 2);
            NDArray texts = backbone.textTower().encodeTokens(tokens, end, true);
            collector.backward(images.square().sum().add(texts.square().sum()));
        }
    }

    /** Features of made-up pixels. */
    private static NDArray noise(NDManager manager, ClipBackbone backbone, int count) {
        int side = side(backbone);
        float[] pixels = MadeUpWeights.uniform("pixels", count * 3 * side * side);
        return backbone.imageTower().encode(manager.create(pixels, new Shape(count, 3, side, side)), true);
    }

    private static int side(ClipBackbone backbone) {
        return backbone.config().vision().imageSize();
    }

    /** Without padding that the tower never sees. */
    private static long[] unpadded(JsonNode text, ClipBackbone backbone, ClipTokenizer tokenizer) {
        long[] ids = longs(text.get("ids"));
        int end = 0;
        while (end < ids.length - 1 && ids[end] != tokenizer.endId()) {
            end++;
        }
        return backbone.config().text().form().seesPadding() ? ids : Arrays.copyOf(ids, end + 1);
    }

    private static float[] texts(ClipBackbone backbone, ClipTokenizer tokenizer, String text) {
        long[] ids = tokenizer.encode(text);
        try (NDManager manager = backbone.manager().newSubManager()) {
            NDArray tokens = manager.create(ids, new Shape(1, ids.length));
            NDArray end = manager.create(new long[] {tokenizer.pooledPosition(ids)});
            return backbone.textTower().encodeTokens(tokens, end, false).toFloatArray();
        }
    }

    private static float[] images(ImageTower tower, float[] pixels, int count) {
        int side = tower.config().vision().imageSize();
        try (NDManager manager = tower.manager().newSubManager()) {
            NDArray images = manager.create(pixels, new Shape(count, 3, side, side));
            return tower.encode(images, false).toFloatArray();
        }
    }

    private static float[] pixels(Path directory, String image) throws IOException {
        ClipPreprocessor preprocessor = ClipDirectory.preprocessor(directory);
        float[] pixels = new float[3 * preprocessor.height() * preprocessor.width()];
        preprocessor.write(
                ImageDecoder.rows(GoldenFigures.FOLDER.resolve("images").resolve(image)), FloatBuffer.wrap(pixels));
        return pixels;
    }

    /** Within 1e-4 of the largest number, or of 1. */
    private static void assertClose(float[] found, float[] expected) {
        double largest = 1;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(found).containsExactly(expected, GoldenFigures.within(1e-4 * largest));
    }
}
