package io.numclip.clip.tower;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.ClipWeights;
import io.numclip.clip.directory.LayoutTensors;
import io.numclip.clip.directory.ModelFiles;
import io.numclip.clip.directory.ModelSource;
import io.numclip.clip.kernel.NativeLibrary;
import io.numclip.clip.lora.LowRank;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Copies a CLIP directory with trained weights in the place of its own, in the layout that it has. Only what a CLIP needs is
 * copied: no code, no pickle, nothing that is not known.
 */
public final class ClipCopy {

    private ClipCopy() {}

    /**
     * @param trained a safetensors file; what it holds beside weights of the CLIP does not matter
     * @param imageSize side of the images that the trained weights are for
     * @param target an empty folder
     */
    public static void write(Path directory, Path trained, int imageSize, Path target) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        for (String name : ModelFiles.FURTHER) {
            if (Files.exists(directory.resolve(name))) {
                Files.copy(directory.resolve(name), target.resolve(name));
            }
        }
        if (isTrained(clip.config(), trained)) {
            writeMerged(new StoredTower(clip.at(imageSize), trained), target);
        } else {
            copyWeights(clip, target);
        }
    }

    private static boolean isTrained(ClipConfig config, Path trained) throws IOException {
        try (Safetensors tensors = Safetensors.open(trained)) {
            return tensors.entries().keySet().stream().anyMatch(name -> LowRank.isWeight(config, name));
        }
    }

    private static void copyWeights(ClipDirectory clip, Path target) throws IOException {
        Files.copy(clip.configuration(), target.resolve(clip.configuration().getFileName()));
        for (Path file : clip.weights()) {
            Path copy = Files.copy(file, target.resolve(file.getFileName()));
            if (!Seal.Digest.READING.of(copy).equals(ModelSource.digest(file))) {
                throw new NumClipException(
                        Kind.DATA,
                        file + ": it is another file than when its SHA-256 was taken",
                        "Put the file back from a copy, and see whether the disk fails.");
            }
        }
        Path index = clip.path().resolve(ModelFiles.INDEX);
        if (clip.weights().size() > 1) {
            Files.copy(index, target.resolve(index.getFileName()));
        }
    }

    private static void writeMerged(StoredTower stored, Path target) throws IOException {
        ClipDirectory clip = stored.clip();
        writeConfiguration(clip, target);
        String name = clip.openClip() == null ? ModelFiles.WEIGHTS : ModelFiles.OPEN_CLIP_WEIGHTS.get(0);
        try (NDManager manager = NativeLibrary.manager(Device.cpu())) {
            SafetensorsWriter.write(
                    target.resolve(name), merged(stored, manager), SafetensorsWriter.Type.F32, Map.of("format", "pt"));
        }
    }

    /** All tensors of the layout. */
    private static Map<String, NDArray> merged(StoredTower all, NDManager manager) throws IOException {
        LayoutTensors tensors = new LayoutTensors(all.clip().layout(), manager);
        return all.open((source, changes) -> {
            Tower.read(manager, ClipWeights.all(all.clip().config()), source, changes, tensors::add);
            return tensors.all();
        });
    }

    /** With the image size that the trained positions are for. */
    private static void writeConfiguration(ClipDirectory clip, Path target) throws IOException {
        Path file = clip.configuration();
        JsonNode root = JsonFile.object(file, JsonFile.bytes(file, Limit.MODEL_JSON_BYTES));
        String both = clip.openClip() == null ? "/vision_config" : "/model_cfg/vision_cfg";
        String tower = clip.config().hasText() ? both : ""; // the whole file describes an image tower that stands alone
        if (root.at(tower) instanceof ObjectNode vision) {
            vision.put("image_size", clip.config().vision().imageSize());
        }
        AtomicFile.write(
                target.resolve(file.getFileName()),
                JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(root));
    }
}
