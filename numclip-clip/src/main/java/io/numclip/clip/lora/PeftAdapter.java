package io.numclip.clip.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.directory.ClipConfigFile;
import io.numclip.clip.directory.ConfigFields;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.Fingerprint;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Low-rank changes as PEFT's {@code save_pretrained} stores them for a {@code CLIPModel} or {@code SiglipModel}:
 * {@code adapter_config.json} and {@code adapter_model.safetensors}, whose tensors are {@code base_model.model.MODULE.lora_A.weight}
 * (rank, inputs) and {@code base_model.model.MODULE.lora_B.weight} (outputs, rank).
 */
public final class PeftAdapter {

    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final String PREFIX = "base_model.model.";
    private static final String FIX =
            "Use an adapter of plain LoRA without biases, as LoraConfig(r, lora_alpha, use_rslora, target_modules) makes it.";
    private static final int MOST_FAULTS = 5;

    /** Kinds of PEFT's LoRA that compute something else. */
    private static final List<String> UNKNOWN = List.of(
            "use_dora",
            "use_qalora",
            "use_bdlora",
            "lora_bias",
            "fan_in_fan_out",
            "rank_pattern",
            "alpha_pattern",
            "modules_to_save",
            "layer_replication",
            "target_parameters",
            "trainable_token_indices",
            "alora_invocation_tokens",
            "arrow_config",
            "kasa_config",
            "monteclora_config");

    /** What PEFT's A and B start from without a change of the base model. */
    private static final Set<String> INITIAL = Set.of("", "true", "false", "gaussian", "eva", "orthogonal");

    private final Path directory;
    private final int rank;
    private final double alpha;
    private final Lora.Scaling scaling;

    private PeftAdapter(Path directory, JsonNode config) {
        ConfigFields fields = new ConfigFields(config, "");
        this.directory = directory;
        rank = fields.integer("r", 8);
        alpha = fields.number("lora_alpha", 8);
        scaling = config.path("use_rslora").asBoolean() ? Lora.Scaling.SQRT : Lora.Scaling.RANK;
    }

    /**
     * Reads the configuration.
     *
     * @throws NumClipException if there is none, or it is not of plain LoRA
     */
    public static PeftAdapter open(Path directory) throws IOException {
        Path file = directory.resolve(CONFIG);
        if (!Files.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING, file + ": no such file", "Name a directory that PEFT's save_pretrained wrote.");
        }
        JsonNode config = JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES));
        List<String> unknown = unknown(config);
        if (!unknown.isEmpty()) {
            throw new NumClipException(Kind.DATA, file + ": not plain LoRA: " + String.join(", ", unknown), FIX);
        }
        return ClipConfigFile.of(file, config, root -> new PeftAdapter(directory, root));
    }

    private static List<String> unknown(JsonNode config) {
        List<String> unknown = new ArrayList<>();
        if (!config.path("peft_type").asText().equals("LORA")) {
            unknown.add("peft_type is " + config.path("peft_type"));
        }
        if (!Set.of("", "none").contains(config.path("bias").asText())) {
            unknown.add("bias is " + config.path("bias"));
        }
        if (!INITIAL.contains(config.path("init_lora_weights").asText())) {
            unknown.add("init_lora_weights is " + config.path("init_lora_weights"));
        }
        UNKNOWN.stream()
                .filter(key -> isSet(config.path(key)))
                .map(key -> key + " is " + config.path(key))
                .forEach(unknown::add);
        return unknown;
    }

    private static boolean isSet(JsonNode value) {
        return value.isBoolean()
                ? value.asBoolean()
                : !value.isMissingNode() && !value.isNull() && !(value.isContainerNode() && value.isEmpty());
    }

    /** SHA-256 of both files, in hex. */
    public String fingerprint() throws IOException {
        return new Fingerprint()
                .add(directory.resolve(CONFIG))
                .add(directory.resolve(WEIGHTS))
                .hex();
    }

    /**
     * The matrices.
     *
     * @param lora must say of them what the adapter says
     * @param expected the names and shapes of the matrices that it makes
     * @return by these names
     * @throws NumClipException naming what differs
     */
    public Map<String, NDArray> matrices(Lora lora, Map<String, Shape> expected, NDManager manager) throws IOException {
        requireSettings(lora);
        Path file = directory.resolve(WEIGHTS);
        try (Safetensors tensors = Safetensors.open(file)) {
            requireTensors(tensors, expected);
            tensors.requireFinite();
            Map<String, NDArray> matrices = new LinkedHashMap<>();
            for (String name : expected.keySet()) {
                matrices.put(name, tensors.array(PREFIX + name, manager));
            }
            return matrices;
        }
    }

    private void requireSettings(Lora lora) {
        List<String> differences = new ArrayList<>();
        difference("rank", rank, lora.rank(), differences);
        difference("alpha", alpha, lora.alpha(), differences);
        difference("scaling", scaling, lora.scaling(), differences);
        if (!differences.isEmpty()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "training.lora: not the settings of its adapter " + directory + ": "
                            + String.join(", ", differences),
                    "Give training.lora the values of the adapter.");
        }
    }

    private static void difference(String name, Object adapter, Object found, List<String> differences) {
        if (!adapter.equals(found)) {
            differences.add("%s is %s there, and %s here".formatted(name, word(adapter), word(found)));
        }
    }

    private static String word(Object value) {
        return value.toString().toLowerCase(Locale.ROOT);
    }

    private void requireTensors(Safetensors tensors, Map<String, Shape> expected) {
        List<String> faults = new ArrayList<>();
        expected.forEach((name, shape) -> {
            Safetensors.Entry entry = tensors.entries().get(PREFIX + name);
            if (entry == null) {
                faults.add(name + " is missing");
            } else if (!entry.shape().equals(shape)) {
                faults.add("%s: expected %s, found %s".formatted(name, shape, entry.shape()));
            }
        });
        tensors.entries().keySet().stream()
                .filter(name -> !name.startsWith(PREFIX) || !expected.containsKey(name.substring(PREFIX.length())))
                .map(name -> name + " is not expected")
                .forEach(faults::add);
        if (!faults.isEmpty()) {
            throw new NumClipException(
                    Kind.CONFIGURATION,
                    "%s: %d tensors do not fit layers, targets and towers of training.lora: %s"
                            .formatted(
                                    tensors.file(),
                                    faults.size(),
                                    String.join(
                                            "; ",
                                            faults.stream().limit(MOST_FAULTS).toList())),
                    "Give training.lora the layers, targets and towers that the adapter has; modules are named as in"
                            + " CLIPModel of transformers.");
        }
    }

    /**
     * Writes an adapter that PEFT loads into the {@code CLIPModel} or {@code SiglipModel} of the same base.
     *
     * @param directory does not exist or is empty
     * @param stored a file that holds the matrices among other tensors
     * @param base name of the base model, for the reader
     */
    public static void write(Path directory, Lora lora, Path stored, String base, NDManager manager)
            throws IOException {
        try (Safetensors tensors = Safetensors.open(stored);
                NDManager scope = manager.newSubManager()) {
            Map<String, NDArray> matrices = new LinkedHashMap<>();
            for (String name : tensors.entries().keySet()) {
                if (LowRank.isMatrix(name)) {
                    matrices.put(PREFIX + name, tensors.array(name, scope));
                }
            }
            AtomicFolder.create(directory, folder -> {
                SafetensorsWriter.write(
                        folder.resolve(WEIGHTS), matrices, SafetensorsWriter.Type.F32, Map.of("format", "pt"));
                Files.write(
                        folder.resolve(CONFIG),
                        JsonFile.MAPPER
                                .writerWithDefaultPrettyPrinter()
                                .writeValueAsBytes(config(lora, matrices.keySet(), base)));
            });
        }
    }

    private static ObjectNode config(Lora lora, Set<String> tensors, String base) {
        ObjectNode config = JsonFile.MAPPER
                .createObjectNode()
                .put("peft_type", "LORA")
                .put("base_model_name_or_path", base)
                .put("r", lora.rank());
        if (lora.alpha() == Math.rint(lora.alpha())) {
            config.put("lora_alpha", (long) lora.alpha());
        } else {
            config.put("lora_alpha", lora.alpha());
        }
        config.put("use_rslora", lora.scaling() == Lora.Scaling.SQRT)
                .put("lora_dropout", 0.0)
                .put("bias", "none")
                .put("fan_in_fan_out", false)
                .put("init_lora_weights", true)
                .put("inference_mode", true);
        tensors.stream()
                .map(name -> LowRank.module(name.substring(PREFIX.length())))
                .distinct()
                .sorted()
                .forEach(config.putArray("target_modules")::add);
        return config;
    }
}
