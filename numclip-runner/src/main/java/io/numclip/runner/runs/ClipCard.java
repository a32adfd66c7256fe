package io.numclip.runner.runs;

import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.tower.ClipFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Describes a CLIP directory. Its weights are read once, to check them. */
final class ClipCard {

    private static final List<String> NEVER_LOADED = List.of(
            ".jar", ".class", ".java", ".py", ".so", ".dll", ".bin", ".pt", ".pth", ".pkl", "serving.properties");

    private ClipCard() {}

    static Map<String, String> of(Path directory) throws IOException {
        ClipFacts facts = ClipFacts.of(directory);
        ClipPreprocessor preprocessor = ClipDirectory.preprocessor(directory);
        Map<String, String> card = new LinkedHashMap<>();
        card.put("directory", directory.toString());
        card.put("family", facts.family());
        card.put(
                "layout",
                facts.layout() + " (" + facts.configuration().getFileName() + ", " + names(facts.weights()) + ")");
        card.put("image tower", image(facts.config().vision()));
        card.put(
                "text tower",
                facts.config().hasText()
                        ? text(facts.config().text())
                        : "none: for methods without words, such as linear-probe and coral");
        card.put("tokenizer", facts.tokenizer());
        card.put(
                facts.config().hasText() ? "joint space" : "features",
                facts.config().projectionDim() + " dimensions");
        card.put("weights", weights(facts.tensors(), size(facts.weights())));
        card.put("fingerprint", StoredWeights.fingerprint(directory));
        card.put("reads images at", preprocessor.width() + " x " + preprocessor.height() + " pixels");
        card.put("preprocessing", preprocessor.describe());
        card.put("licence", facts.licence());
        String ignored = ignored(directory);
        if (!ignored.isEmpty()) {
            card.put("never loaded", ignored);
        }
        return card;
    }

    private static String names(List<Path> files) {
        String first = files.get(0).getFileName().toString();
        return files.size() == 1 ? first : files.size() + " files from " + first + " on";
    }

    private static long size(List<Path> files) throws IOException {
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static String image(ClipConfig.Vision vision) {
        if (!vision.hasNetwork()) {
            return "none: colours averaged over %d x %d squares of %d pixels"
                    .formatted(vision.grid(), vision.grid(), vision.patchSize());
        }
        if (vision.isConvolutional()) {
            return "%d convolutions of stride 2, the last of width %d, at %d pixels"
                    .formatted(vision.layers(), vision.hiddenSize(), vision.imageSize());
        }
        ClipConfig.Pool pool = vision.form().pool();
        return String.format(
                Locale.ROOT,
                "%d layers, width %d, %d heads, patches of %d at %d pixels, %s, %s%s",
                vision.layers(),
                vision.hiddenSize(),
                vision.heads(),
                vision.patchSize(),
                vision.imageSize(),
                vision.activation(),
                pool == null ? "class token" : "pooled by attention of " + pool.heads() + " heads",
                vision.form().rotary() == null ? "" : ", rotary positions");
    }

    private static String text(ClipConfig.Text text) {
        return String.format(
                Locale.ROOT,
                "%d layers, width %d, %d heads, %,d tokens, up to %d in a text, %s, %s, %s",
                text.layers(),
                text.hiddenSize(),
                text.heads(),
                text.vocabSize(),
                text.contextLength(),
                text.activation(),
                text.form().causal() ? "causal" : "not causal",
                text.form().pooledLast() ? "last position" : "end token");
    }

    private static String weights(Collection<Safetensors.Entry> tensors, long bytes) {
        if (tensors.isEmpty()) {
            return "none";
        }
        long parameters =
                tensors.stream().mapToLong(tensor -> tensor.shape().size()).sum();
        String types = tensors.stream()
                .map(Safetensors.Entry::type)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%,d parameters in %d tensors, %s, %.1f MB",
                parameters,
                tensors.size(),
                types,
                bytes / 1e6);
    }

    private static String ignored(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NEVER_LOADED.stream().anyMatch(name::endsWith))
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }
}
