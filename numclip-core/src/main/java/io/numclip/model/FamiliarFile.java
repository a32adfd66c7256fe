package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.safetensors.SafetensorsWriter;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RegularFile;
import io.numclip.uncertainty.FamiliarImages;
import io.numclip.uncertainty.evidence.KeptImages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code familiar.safetensors} of a model directory, at most 1 MB for a D of 512: tensors {@code training}
 * (S, D), {@code labels} (S) and {@code distances} (n); metadata {@code rate} and {@code effective}. For explanations, metadata
 * {@code images}, a list of JSON with name and label of each of the S training images, and {@code trained}, how many there were.
 * A file of an earlier version lacks labels, images and trained.
 */
final class FamiliarFile {

    static final String NAME = "familiar.safetensors";
    private static final String TRAINING = "training";
    private static final String LABELS = "labels";
    private static final String DISTANCES = "distances";
    private static final String RATE = "rate";
    private static final String EFFECTIVE = "effective";
    private static final String IMAGES = "images";
    private static final String TRAINED = "trained";
    private static final ObjectMapper JSON = new ObjectMapper();

    private FamiliarFile() {}

    /** Atomic: the file has either its old content or the new. */
    static void write(Path directory, FamiliarImages familiar, NDManager manager) throws IOException {
        try (NDManager scope = manager.newSubManager()) {
            Map<String, NDArray> tensors = new TreeMap<>(
                    Map.of(TRAINING, scope.create(familiar.training()), DISTANCES, scope.create(familiar.distances())));
            familiar.labels().ifPresent(labels -> tensors.put(LABELS, scope.create(labels)));
            Map<String, String> metadata = new TreeMap<>();
            metadata.put(RATE, String.valueOf(familiar.rate()));
            metadata.put(EFFECTIVE, String.valueOf(familiar.effective()));
            KeptImages kept = familiar.images().orElse(null);
            if (kept != null) {
                metadata.put(IMAGES, JSON.writeValueAsString(kept.images()));
                metadata.put(TRAINED, String.valueOf(kept.trained()));
            }
            SafetensorsWriter.write(directory.resolve(NAME), tensors, SafetensorsWriter.Type.F32, metadata);
        }
    }

    /** Empty where strange images cannot be told. */
    static Optional<FamiliarImages> read(Path directory, int embedDim, NDManager manager) throws IOException {
        Path file = directory.resolve(NAME);
        if (!RegularFile.exists(file)) {
            return Optional.empty();
        }
        try (Safetensors tensors = Safetensors.open(file);
                NDManager scope = manager.newSubManager()) {
            NDArray training = tensors.array(TRAINING, scope); // (S, D)
            Shape shape = training.getShape();
            if (shape.dimension() != 2 || shape.get(0) == 0 || shape.get(1) != embedDim) {
                throw damaged(file, "expected features of width " + embedDim + ", found " + shape, null);
            }
            return Optional.of(new FamiliarImages(
                    rows(training.toFloatArray(), embedDim),
                    tensors.array(DISTANCES, scope).toFloatArray(),
                    number(tensors, RATE),
                    number(tensors, EFFECTIVE),
                    images(tensors.metadata()),
                    tensors.entries().containsKey(LABELS)
                            ? tensors.array(LABELS, scope).toFloatArray()
                            : null));
        } catch (NumberFormatException failure) {
            throw damaged(file, "rate, effective or trained is not a number", failure);
        } catch (JsonProcessingException failure) {
            throw damaged(file, "images: " + failure.getOriginalMessage(), failure);
        } catch (IllegalArgumentException failure) {
            throw damaged(file, String.valueOf(failure.getMessage()), failure);
        }
    }

    private static @Nullable KeptImages images(Map<String, String> metadata) throws JsonProcessingException {
        String images = metadata.get(IMAGES);
        if (images == null) {
            return null;
        }
        List<KeptImages.Image> known = new ArrayList<>();
        for (JsonNode image : JSON.readTree(images)) {
            if (!image.path("name").isTextual() || !image.path("label").isNumber()) {
                throw new IllegalArgumentException("images: expected a name and a label, found " + image);
            }
            known.add(new KeptImages.Image(
                    image.path("name").asText(), image.path("label").asDouble()));
        }
        return new KeptImages(known, Integer.parseInt(metadata.getOrDefault(TRAINED, "")));
    }

    static float[][] rows(float[] values, int width) {
        float[][] rows = new float[values.length / width][width];
        for (int n = 0; n < rows.length; n++) {
            System.arraycopy(values, n * width, rows[n], 0, width);
        }
        return rows;
    }

    private static double number(Safetensors tensors, String key) {
        return Double.parseDouble(tensors.metadata().getOrDefault(key, ""));
    }

    private static NumClipException damaged(Path file, String reason, @Nullable Exception cause) {
        return new NumClipException(
                Kind.DATA,
                file + ": " + reason,
                "Restore the file, or delete it to predict without a mark on strange images.",
                cause);
    }
}
