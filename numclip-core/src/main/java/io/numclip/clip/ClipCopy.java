package io.numclip.clip;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.TensorLayout.Stored;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.Limit;
import io.numclip.storage.Safetensors;
import io.numclip.storage.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a CLIP directory with trained weights in the place of its own, in the layout that it has. Only what a CLIP needs is
 * copied: no code, no pickle, nothing that is not known.
 */
public final class ClipCopy {

    private static final List<String> FURTHER = List.of(
            PreprocessorConfig.FILE,
            "processor_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "vocab.json",
            "merges.txt",
            "spiece.model",
            "README.md",
            "LICENSE");

    private final ClipDirectory clip;
    private final Safetensors trained;
    private final StoredWeights own;
    private final LowRank changes;
    private final NativeKernel kernel;
    private final NDManager manager;

    private ClipCopy(ClipDirectory clip, Safetensors trained, StoredWeights own, NDManager manager) throws IOException {
        this.clip = clip;
        this.trained = trained;
        this.own = own;
        this.manager = manager;
        this.kernel = NativeKernel.load(manager);
        NDArray scale = manager.create((float) LoraScale.of(trained)); // ()
        this.changes = LowRank.read(trained, ClipWeights.all(clip.config()), scale, manager);
    }

    /**
     * @param trained a safetensors file; what it holds beside weights of the CLIP does not matter
     * @param imageSize side of the images that the trained weights are for
     * @param target an empty folder
     */
    public static void write(Path directory, Path trained, int imageSize, Path target) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        for (String name : FURTHER) {
            if (Files.exists(directory.resolve(name))) {
                Files.copy(directory.resolve(name), target.resolve(name));
            }
        }
        try (Safetensors tensors = Safetensors.open(trained)) {
            boolean isTrained = isTrained(clip.config(), tensors);
            if (isTrained) {
                writeMerged(clip.at(imageSize), tensors, target);
            } else {
                copyWeights(clip, target);
            }
        }
    }

    private static boolean isTrained(ClipConfig config, Safetensors tensors) {
        return tensors.entries().keySet().stream().anyMatch(config::isWeight);
    }

    private static void copyWeights(ClipDirectory clip, Path target) throws IOException {
        Files.copy(clip.configuration(), target.resolve(clip.configuration().getFileName()));
        for (Path file : clip.weights()) {
            Files.copy(file, target.resolve(file.getFileName()));
        }
        Path index = clip.path().resolve(WeightFiles.INDEX);
        if (clip.weights().size() > 1) {
            Files.copy(index, target.resolve(index.getFileName()));
        }
    }

    private static void writeMerged(ClipDirectory clip, Safetensors trained, Path target) throws IOException {
        writeConfiguration(clip, target);
        String name = clip.openClip() == null ? ModelSource.WEIGHTS : WeightFiles.OPEN_CLIP.get(0);
        try (StoredWeights own = StoredWeights.open(clip);
                NDManager manager = NDManager.newBaseManager(ai.djl.Device.cpu(), "PyTorch")) {
            Map<String, NDArray> merged = new ClipCopy(clip, trained, own, manager).merged();
            SafetensorsWriter.write(target.resolve(name), merged, SafetensorsWriter.Type.F32, Map.of("format", "pt"));
        }
    }

    /** All tensors of the layout. */
    private Map<String, NDArray> merged() throws IOException {
        Map<String, NDArray[]> parts = new LinkedHashMap<>();
        for (Map.Entry<String, Shape> weight : ClipWeights.all(clip.config()).entrySet()) {
            Stored stored = clip.layout().stored(weight.getKey());
            NDArray value = value(weight.getKey(), weight.getValue());
            parts.computeIfAbsent(stored.tensor(), tensor -> new NDArray[stored.parts()])[stored.part()] =
                    stored.transposed() ? value.transpose().duplicate() : value;
        }
        Map<String, NDArray> tensors = new LinkedHashMap<>();
        parts.forEach(
                (tensor, each) -> tensors.put(tensor, each.length == 1 ? each[0] : NDArrays.concat(new NDList(each))));
        return tensors;
    }

    private NDArray value(String weight, Shape shape) throws IOException {
        NDArray value = trained.has(weight, shape) ? trained.array(weight, manager) : own.read(manager, weight, shape);
        return changes.changed(Map.of(weight, value), kernel, manager, false).get(0);
    }

    /** With the image size that the trained positions are for. */
    private static void writeConfiguration(ClipDirectory clip, Path target) throws IOException {
        Path file = clip.configuration();
        JsonNode root = JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES));
        String tower = clip.openClip() == null ? "/vision_config" : "/model_cfg/vision_cfg";
        if (root.at(tower) instanceof ObjectNode vision) {
            vision.put("image_size", clip.config().vision().imageSize());
        }
        AtomicFile.write(
                target.resolve(file.getFileName()),
                JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
}
