package io.numclip.runner.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.runner.pull.ListedModel.Cost;
import io.numclip.runner.terminal.TestingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list is not typed from memory: parameters follow from published sizes, costs from the table of the documentation. */
class ListedModelTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    Path folder;

    /** Published by OpenCLIP with two decimals. */
    @Test
    void theParametersOfAnArchitectureAreThoseThatOpenClipCounts() throws IOException {
        int compared = 0;
        for (Map.Entry<String, JsonNode> architecture : architectures().properties()) {
            JsonNode config = architecture.getValue().get("config");
            if (architecture.getValue().has("millions")) {
                assertThat(parameters(config) / 1e6)
                        .as(architecture.getKey())
                        .isCloseTo(architecture.getValue().get("millions").asDouble(), within(0.00501));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(10);
    }

    @Test
    void theParametersOfAModelFollowFromItsArchitecture() throws IOException {
        Map<String, Long> expected = new LinkedHashMap<>();
        Map<String, Long> listed = new LinkedHashMap<>();
        for (ListedModel model : ListedModel.all()) {
            ObjectNode config =
                    architectures().at("/" + model.architecture() + "/config").deepCopy();
            ((ObjectNode) config.get("vision_cfg")).put("image_size", model.pixels());
            expected.put(model.name(), parameters(config));
            listed.put(model.name(), model.parameters());
        }
        assertThat(listed).isEqualTo(expected).hasSizeGreaterThan(15);
    }

    /** Rows of the documentation by the image towers that have their shape. */
    @Test
    void costsAreThoseOfTheDocumentation() throws IOException {
        Map<String, String> titles = Map.of(
                "ViT-B-32 224", "ViT-B/32",
                "ViT-B-16 224", "ViT-B/16",
                "ViT-B-16-worldwide 224", "ViT-B/16",
                "ViT-L-14 224", "ViT-L/14",
                "ViT-B-16-SigLIP 256", "SigLIP 2 B/16 at 256 pixels",
                "ViT-B-16-SigLIP2-256 256", "SigLIP 2 B/16 at 256 pixels",
                "PE-Core-B-16 224", "PE-Core B/16");
        List<String> lines = Files.readAllLines(Path.of("../docs/models.md"));
        for (ListedModel model : ListedModel.all()) {
            String title = titles.get(model.architecture() + " " + model.pixels());
            assertThat(cost(model.float32())).as(model.name()).isEqualTo(documented(lines, title, "fp32"));
            assertThat(cost(model.bfloat16())).as(model.name()).isEqualTo(documented(lines, title, "bf16"));
        }
    }

    private static @Nullable String documented(List<String> lines, @Nullable String title, String precision) {
        return lines.stream()
                .filter(line -> line.startsWith("| " + title + " | " + precision + " | "))
                .map(line -> line.replaceFirst(".*? s \\| (.*) \\|", "$1"))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String cost(@Nullable Cost cost) {
        return cost == null
                ? null
                : String.format(
                        Locale.ROOT,
                        "%d ms | %d ms | %.1f GB",
                        cost.milliseconds(),
                        cost.millisecondsOf16(),
                        cost.gigabytes());
    }

    @Test
    void aLicenceIsListedWithWhereItWasFound() {
        assertThat(ListedModel.all())
                .allSatisfy(model -> assertThat(model.licence() == null).isEqualTo(model.licenceSource() == null));
    }

    @Test
    void theListFitsATerminalAndSaysWhatItIsOf() {
        TestingConsole console = TestingConsole.in(folder);
        console.run("pull").isZero();
        assertThat(console.out().lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100))
                .anyMatch(line -> line.matches(
                        "timm/vit_base_patch32_clip_224.openai +224 +151 M +79 / 38 +0.8 / 0.6 +Apache-2.0"))
                .anyMatch(line -> line.matches("timm/vit_large_patch14_clip_336.openai +336 +428 M +– / – +– / – .*"));
        assertThat(console.out().replace('\n', ' ')).contains("The weights of these models were not run here.");
    }

    @Test
    void theOldNameSaysWhatTookItsPlace() {
        TestingConsole console = TestingConsole.in(folder);
        console.run("models", "--format", "json").isEqualTo(64);
        assertThat(console.err()).contains("there is no 'models' any more").contains("use ./numclip pull");
    }

    @Test
    void jsonHasTheCommandThatFetches() throws IOException {
        TestingConsole console = TestingConsole.in(folder);
        console.run("pull", "--format", "json").isZero();
        JsonNode first = MAPPER.readTree(console.out()).get(0);
        assertThat(first.at("/float32/milliseconds").asInt()).isEqualTo(79);
        assertThat(first.get("command").asText())
                .endsWith("pull hf:timm/vit_base_patch32_clip_224.openai vit_base_patch32_clip_224.openai/");
    }

    private static JsonNode architectures() throws IOException {
        return MAPPER.readTree(
                Path.of("src/test/resources/models/architectures.json").toFile());
    }

    private long parameters(JsonNode config) throws IOException {
        Files.writeString(
                folder.resolve("open_clip_config.json"),
                MAPPER.createObjectNode().set("model_cfg", config).toString());
        return ClipWeights.all(ClipDirectory.config(folder)).values().stream()
                .mapToLong(Shape::size)
                .sum();
    }
}
