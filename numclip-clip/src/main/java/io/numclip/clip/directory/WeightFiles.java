package io.numclip.clip.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which files of a directory hold the weights. Pickle is never read. */
final class WeightFiles {

    private static final Pattern PLAIN_NAME = Pattern.compile("[\\w][\\w.-]*\\.safetensors");
    private static final List<String> PICKLES =
            List.of("pytorch_model.bin", "open_clip_pytorch_model.bin", "open_clip_pytorch_model.pth", "model.pth");

    private WeightFiles() {}

    static boolean areThere(Path directory) {
        return Files.exists(directory.resolve(ModelFiles.WEIGHTS)) || Files.exists(directory.resolve(ModelFiles.INDEX));
    }

    /** {@code model.safetensors}, or the files that its index names. */
    static List<Path> ofTransformers(Path directory) throws IOException {
        Path whole = directory.resolve(ModelFiles.WEIGHTS);
        if (Files.exists(whole)) {
            return List.of(whole);
        }
        Path index = directory.resolve(ModelFiles.INDEX);
        if (Files.exists(index)) {
            return ofIndex(index);
        }
        throw missing(directory, ModelFiles.WEIGHTS);
    }

    /** The file that OpenCLIP takes of a directory (3.3, {@code _find_checkpoint_in_dir}). */
    static Path ofOpenClip(Path directory) throws IOException {
        for (String name : ModelFiles.OPEN_CLIP_WEIGHTS) {
            if (Files.exists(directory.resolve(name))) {
                return directory.resolve(name);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".safetensors"))
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> missing(directory, ModelFiles.OPEN_CLIP_WEIGHTS.get(0)));
        }
    }

    private static NumClipException missing(Path directory, String name) {
        return PICKLES.stream()
                .filter(pickle -> Files.exists(directory.resolve(pickle)))
                .findFirst()
                .map(pickle -> new NumClipException(
                        Kind.MISSING,
                        directory + ": no " + name + "; " + pickle + " is pickle and is never read",
                        "Convert it: CLIPModel.from_pretrained(d).save_pretrained(d)."))
                .orElseGet(() -> new NumClipException(
                        Kind.MISSING,
                        directory + ": no " + name,
                        "Download config.json, model.safetensors, tokenizer.json and preprocessor_config.json of one"
                                + " CLIP."));
    }

    private static List<Path> ofIndex(Path index) throws IOException {
        JsonNode map = JsonFile.object(index, JsonFile.bytes(index, Limit.WEIGHTS_INDEX_BYTES))
                .path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw JsonFile.damaged(index, "/weight_map: expected tensors with the files that hold them");
        }
        Map<String, Set<String>> files = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String file = entry.getValue().asText();
            if (!entry.getValue().isTextual() || !PLAIN_NAME.matcher(file).matches()) {
                throw JsonFile.damaged(
                        index,
                        "/weight_map/%s: expected the name of a .safetensors file of the directory, found %s"
                                .formatted(entry.getKey(), entry.getValue()));
            }
            files.computeIfAbsent(file, name -> new TreeSet<>()).add(entry.getKey());
        }
        for (Map.Entry<String, Set<String>> file : files.entrySet()) {
            check(index, file.getKey(), file.getValue());
        }
        return files.keySet().stream().sorted().map(index::resolveSibling).toList();
    }

    /** A file must hold the tensors that the index has for it, and no others. */
    private static void check(Path index, String name, Set<String> expected) throws IOException {
        Path file = index.resolveSibling(name);
        if (!Files.exists(file)) {
            throw new NumClipException(
                    Kind.MISSING,
                    "%s: no such file; %s has %d tensors in it".formatted(file, index.getFileName(), expected.size()),
                    "Download all files that the index names.");
        }
        try (Safetensors tensors = Safetensors.open(file)) {
            Set<String> found = new TreeSet<>(tensors.entries().keySet());
            Set<String> absent = new TreeSet<>(expected);
            absent.removeAll(found);
            found.removeAll(expected);
            if (!absent.isEmpty() || !found.isEmpty()) {
                throw JsonFile.damaged(
                        file,
                        "it does not hold what %s says: %d tensors are missing%s, %d are not expected%s"
                                .formatted(
                                        index.getFileName(), absent.size(), first(absent), found.size(), first(found)));
            }
        }
    }

    private static String first(Set<String> names) {
        return names.isEmpty() ? "" : " (" + names.iterator().next() + ")";
    }
}
