package io.numclip.clip;

import java.io.IOException;
import java.nio.file.Path;

/** CLIP's byte-pair tokenizer. */
public final class ClipTokenizer implements AutoCloseable {

    /** Loads {@code tokenizer.json}, checked before native code sees it. */
    public static ClipTokenizer load(Path directory, int contextLength) throws IOException {
        throw new UnsupportedOperationException("not yet");
    }

    /** Ids with start and end token, cut to the context length with the end token kept, not padded. */
    public long[] encode(String text) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Ids of the words alone. */
    public long[] encodeWords(String text) {
        throw new UnsupportedOperationException("not yet");
    }

    public long startId() {
        throw new UnsupportedOperationException("not yet");
    }

    public long endId() {
        throw new UnsupportedOperationException("not yet");
    }

    @Override
    public void close() {}
}
