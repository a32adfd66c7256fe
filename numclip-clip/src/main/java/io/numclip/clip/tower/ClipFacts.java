package io.numclip.clip.tower;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.clip.directory.ClipConfig;
import io.numclip.clip.directory.ClipDirectory;
import io.numclip.clip.directory.StoredWeights;
import io.numclip.clip.safetensors.Safetensors;
import io.numclip.clip.text.TokenizerFiles;
import io.numclip.storage.JsonFile;
import io.numclip.storage.Limit;
import io.numclip.storage.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was recognised in a directory with a CLIP or one of its relatives.
 *
 * @param family such as {@code SigLIP}
 * @param layout the library whose names the tensors have
 * @param configuration the file that counts
 * @param weights the files with the weights
 * @param tensors all tensors in them
 * @param tokenizer the file with the tokenizer and its kind
 * @param licence what the directory says of its licence
 */
public record ClipFacts(
        String family,
        String layout,
        Path configuration,
        List<Path> weights,
        ClipConfig config,
        Collection<Safetensors.Entry> tensors,
        String tokenizer,
        String licence) {

    private static final Pattern LICENCE = Pattern.compile("(?m)^license(?:_name)?:[ \"']*([\\w.+-]+)");
    private static final int BEGINNING = 4_000;

    /** @throws io.numclip.data.NumClipException if a file is missing or wrong, or tensors do not fit the configuration */
    public static ClipFacts of(Path directory) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        try (StoredWeights weights = StoredWeights.open(clip)) {
            return new ClipFacts(
                    family(clip),
                    clip.layout().toString(),
                    clip.configuration(),
                    clip.weights(),
                    clip.config(),
                    weights.entries(),
                    tokenizer(clip),
                    licence(directory));
        }
    }

    private static String family(ClipDirectory clip) throws IOException {
        if (!clip.config().vision().hasNetwork()) {
            return "plain pixels, without a network";
        }
        if (clip.config().vision().isConvolutional()) {
            return "small convolutional network" + (clip.isUntrained() ? ", which has seen nothing yet" : "");
        }
        ClipConfig.ImageForm form = clip.config().vision().form();
        if (form.rotary() != null) {
            return "Perception Encoder (PE-Core)";
        }
        if (!form.classToken()) {
            return "SigLIP or SigLIP 2";
        }
        JsonNode root =
                JsonFile.object(clip.configuration(), JsonFile.bytes(clip.configuration(), Limit.MODEL_JSON_BYTES));
        return root.path("model_type").asText().startsWith("metaclip_2") ? "MetaCLIP 2" : "CLIP";
    }

    private static String tokenizer(ClipDirectory clip) throws IOException {
        if (!clip.config().hasText()) {
            return "none";
        }
        if (!TokenizerFiles.areIn(clip.path()) && !clip.hasOwnVocabulary()) {
            return "none: texts cannot be read";
        }
        TokenizerFiles files = TokenizerFiles.of(clip.path(), clip.hasOwnVocabulary());
        String kind = files.isUnigram() ? "unigram" : "byte pairs";
        return Files.exists(files.file())
                ? "%s (%s)".formatted(files.file().getFileName(), kind)
                : "the vocabulary of CLIP, which OpenCLIP has built in";
    }

    private static String licence(Path directory) throws IOException {
        Path card = directory.resolve("README.md");
        if (RegularFile.exists(card)) {
            try (InputStream in = Files.newInputStream(card)) {
                String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
                Matcher matcher = LICENCE.matcher(beginning);
                if (matcher.find()) {
                    return matcher.group(1) + ", says README.md";
                }
            }
        }
        return Files.exists(directory.resolve("LICENSE")) ? "see LICENSE" : "not stated in the directory";
    }
}
