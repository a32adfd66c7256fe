package io.numclip.clip;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.storage.RememberedDigest;
import io.numclip.storage.Safetensors;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Where a CLIP comes from. */
public sealed interface ModelSource {

    /** The name of the model that ships with the program. */
    String EMBEDDED = "embedded";

    /** The file of the weights. */
    String WEIGHTS = "model.safetensors";

    /** In bytes: reading less takes no longer than looking up what is remembered. */
    int LARGE = 1 << 20;

    /** @param text {@code embedded}, or the path of a Hugging Face CLIP directory */
    static ModelSource parse(String text) {
        return text.equals(EMBEDDED) ? new Embedded() : new Directory(Path.of(text));
    }

    /**
     * A directory with {@code config.json}, {@code model.safetensors}, {@code tokenizer.json} and
     * {@code preprocessor_config.json}.
     *
     * @throws NumClipException if it is missing or incomplete
     * @throws IOException if it cannot be unpacked
     */
    Path directory() throws IOException;

    /**
     * SHA-256 over {@code config.json} and the weights of a directory, in hex: it changes whenever features would. For
     * unchanged files it is remembered, and so is that they passed the check.
     *
     * @throws NumClipException if tensors do not fit {@code config.json}, or hold a NaN or an infinity
     */
    static String fingerprint(Path directory) throws IOException {
        return digests()
                .of(
                        List.of(directory.resolve(ClipConfigFile.NAME), directory.resolve(WEIGHTS)),
                        () -> check(directory));
    }

    private static void check(Path directory) throws IOException {
        try (Safetensors tensors = ClipWeights.open(directory, ClipConfig.read(directory))) {
            tensors.requireFinite();
        }
    }

    /** SHA-256 of a file, in hex. For an unchanged file that is large it is remembered. */
    static String digest(Path file) throws IOException {
        return Files.size(file) < LARGE
                ? Seal.Digest.READING.of(file)
                : digests().of(List.of(file));
    }

    private static RememberedDigest digests() {
        return new RememberedDigest(EmbeddedModel.usualCaches().get(0).resolve("fingerprints"), InstantSource.system());
    }

    /**
     * The tiny CLIP of the module {@code numclip-clip-tiny}, on the class path under {@code numclip/clip-tiny/}. It is
     * unpacked below the folder that the system property {@code numclip.cache} names, or else {@code ~/.cache/numclip}.
     */
    record Embedded() implements ModelSource {
        @Override
        public Path directory() throws IOException {
            return new EmbeddedModel(ModelSource.class.getClassLoader(), EmbeddedModel.usualCaches()).unpack();
        }
    }

    /** A directory of the user. */
    record Directory(Path path) implements ModelSource {

        /** Another format of weights in a directory, and why it is not supported. */
        private record OtherWeights(String file, String reason) {}

        private static final List<OtherWeights> OTHER_WEIGHTS = List.of(
                new OtherWeights(WEIGHTS + ".index.json", "weights in several files are not supported"),
                new OtherWeights("pytorch_model.bin", "pytorch_model.bin is pickle and is never read"));

        @Override
        public Path directory() {
            for (String name : List.of(ClipConfigFile.NAME, WEIGHTS)) {
                if (!Files.exists(path.resolve(name))) {
                    throw missing(name);
                }
            }
            return path;
        }

        private NumClipException missing(String name) {
            if (!Files.isDirectory(path)) {
                return new NumClipException(
                        Kind.MISSING,
                        path + ": no such directory",
                        "Name a directory with a CLIP in Hugging Face layout, or \"" + EMBEDDED + "\".");
            }
            for (OtherWeights other : OTHER_WEIGHTS) {
                if (name.equals(WEIGHTS) && Files.exists(path.resolve(other.file()))) {
                    return new NumClipException(
                            Kind.MISSING,
                            path + ": no " + WEIGHTS + "; " + other.reason(),
                            "Convert it: CLIPModel.from_pretrained(d).save_pretrained(d, max_shard_size='50GB').");
                }
            }
            return new NumClipException(
                    Kind.MISSING,
                    path + ": no " + name,
                    "Download config.json, model.safetensors, tokenizer.json and preprocessor_config.json of one CLIP.");
        }
    }
}
