package io.numclip.clip.directory;

import io.numclip.data.NumClipException;
import io.numclip.storage.RememberedDigest;
import java.io.IOException;
import java.nio.file.Path;

/** Where a CLIP comes from. */
public sealed interface ModelSource {

    /**
     * @param text {@link ShippedModel#EMBEDDED}, {@link ShippedModel#EMBEDDED_1_0}, {@link ShippedModel#PIXELS},
     *     {@link ShippedModel#SMALL_NETWORK}, or the path of a directory
     */
    static ModelSource parse(String text) {
        return isShipped(text) ? new Shipped(text) : new Directory(Path.of(text));
    }

    /** Whether this is the name of a small CLIP that ships with the program. */
    static boolean isEmbedded(String text) {
        return text.equals(ShippedModel.EMBEDDED) || text.equals(ShippedModel.EMBEDDED_1_0);
    }

    /** Whether this is the name of a model that ships with the program, and no path. */
    static boolean isShipped(String text) {
        return isEmbedded(text) || text.equals(ShippedModel.PIXELS) || text.equals(ShippedModel.SMALL_NETWORK);
    }

    /**
     * By which name a model's CLIP is found today: that of version 1.0.0 was {@link ShippedModel#EMBEDDED} when the model was trained.
     *
     * @param reference as the model has it
     * @param fingerprint of the CLIP that it was trained on
     */
    static String today(String reference, String fingerprint) {
        return reference.equals(ShippedModel.EMBEDDED) && fingerprint.equals(ShippedModel.FINGERPRINT_1_0)
                ? ShippedModel.EMBEDDED_1_0
                : reference;
    }

    /** What {@link #parse} makes this of. */
    String reference();

    /**
     * A directory with a configuration, weights, a tokenizer and a preprocessing, in the layout of transformers or of
     * OpenCLIP.
     *
     * @throws NumClipException if it is missing or incomplete
     * @throws IOException if it cannot be unpacked
     */
    Path directory() throws IOException;

    /** SHA-256 of a file, in hex. For unchanged weights that are large it is remembered. */
    static String digest(Path file) throws IOException {
        return RememberedDigest.usual().ofFile(file);
    }

    /**
     * A model on the class path: a tiny CLIP of the module {@code numclip-clip-tiny}, plain pixels, or a small network. It is
     * unpacked below the folder that the system property {@code numclip.cache} names, or else {@code ~/.cache/numclip}.
     *
     * @param reference {@link ShippedModel#EMBEDDED}, {@link ShippedModel#EMBEDDED_1_0}, {@link ShippedModel#PIXELS} or
     *     {@link ShippedModel#SMALL_NETWORK}
     */
    record Shipped(String reference) implements ModelSource {
        @Override
        public Path directory() throws IOException {
            return switch (reference) {
                case ShippedModel.PIXELS -> ShippedModel.GRID.unpack();
                case ShippedModel.SMALL_NETWORK -> ShippedModel.CONVOLUTIONS.unpack();
                case ShippedModel.EMBEDDED_1_0 -> ShippedModel.CLIP_TINY_1_0.unpack();
                default -> ShippedModel.CLIP_TINY.unpack();
            };
        }
    }

    /** A directory of the user. */
    record Directory(Path path) implements ModelSource {

        @Override
        public String reference() {
            return path.toString();
        }

        @Override
        public Path directory() throws IOException {
            return ClipDirectory.open(path).path();
        }
    }
}
