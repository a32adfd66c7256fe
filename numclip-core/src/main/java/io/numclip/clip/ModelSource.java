package io.numclip.clip;

import java.io.IOException;
import java.nio.file.Path;

/** Where a CLIP comes from. */
public sealed interface ModelSource {

    /** The name of the model that ships with the program. */
    String EMBEDDED = "embedded";

    /** The file of the weights. */
    String WEIGHTS = "model.safetensors";

    /** @param text {@code embedded}, or the path of a Hugging Face CLIP directory */
    static ModelSource parse(String text) {
        return text.equals(EMBEDDED) ? new Embedded() : new Directory(Path.of(text));
    }

    /**
     * A directory with {@code config.json}, {@code model.safetensors}, {@code tokenizer.json} and
     * {@code preprocessor_config.json}.
     *
     * @throws IOException if it is not there or cannot be unpacked
     */
    Path directory() throws IOException;

    /** The tiny CLIP of the module {@code numclip-clip-tiny}, found on the class path under {@code numclip/clip-tiny/}. */
    record Embedded() implements ModelSource {
        @Override
        public Path directory() throws IOException {
            throw new UnsupportedOperationException("not yet");
        }
    }

    /** A directory of the user. */
    record Directory(Path path) implements ModelSource {
        @Override
        public Path directory() throws IOException {
            return path;
        }
    }
}
