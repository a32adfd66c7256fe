package io.numclip.clip;

import io.numclip.data.NumClipException;
import io.numclip.storage.RememberedDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where a CLIP comes from. */
public sealed interface ModelSource {

    /** The name of the CLIP that ships with the program. */
    String EMBEDDED = "embedded";

    /** The name of the CLIP that shipped with version 1.0.0, and still does. */
    String EMBEDDED_1_0 = "embedded-1.0";

    /** Its {@link #fingerprint}. */
    String FINGERPRINT_1_0 = "2208577c469d4c1f47947363d691d58b0f6483978ed7eb393f14738a220eb24f";

    /** The name of the image tower without a network ({@link PixelGrid}). */
    String PIXELS = "pixels";

    /** The file of the weights. */
    String WEIGHTS = "model.safetensors";

    /** @param text {@link #EMBEDDED}, {@link #EMBEDDED_1_0}, {@link #PIXELS}, or the path of a directory */
    static ModelSource parse(String text) {
        return isShipped(text) ? new Shipped(text) : new Directory(Path.of(text));
    }

    /** Whether this is the name of a small CLIP that ships with the program. */
    static boolean isEmbedded(String text) {
        return text.equals(EMBEDDED) || text.equals(EMBEDDED_1_0);
    }

    /** Whether this is the name of a model that ships with the program, and no path. */
    static boolean isShipped(String text) {
        return isEmbedded(text) || text.equals(PIXELS);
    }

    /**
     * By which name a model's CLIP is found today: that of version 1.0.0 was {@link #EMBEDDED} when the model was trained.
     *
     * @param reference as the model has it
     * @param fingerprint of the CLIP that it was trained on
     */
    static String today(String reference, String fingerprint) {
        return reference.equals(EMBEDDED) && fingerprint.equals(FINGERPRINT_1_0) ? EMBEDDED_1_0 : reference;
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

    /**
     * SHA-256 over the configuration and the weights of a directory, in hex: it changes whenever features would. For
     * unchanged files it is remembered, and so is that they passed the check.
     *
     * @throws NumClipException if tensors do not fit the configuration, or hold a NaN or an infinity
     */
    static String fingerprint(Path directory) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        return RememberedDigest.usual().of(fingerprinted(clip), () -> check(clip));
    }

    /** The same from the files, whatever is remembered of them. */
    static String fingerprintAgain(Path directory) throws IOException {
        ClipDirectory clip = ClipDirectory.open(directory);
        return RememberedDigest.usual().again(fingerprinted(clip), () -> check(clip));
    }

    private static List<Path> fingerprinted(ClipDirectory clip) {
        return Stream.concat(Stream.of(clip.configuration()), clip.weights().stream())
                .toList();
    }

    private static void check(ClipDirectory clip) throws IOException {
        try (StoredWeights weights = StoredWeights.open(clip)) {
            weights.requireFinite();
        }
    }

    /** SHA-256 of a file, in hex. For unchanged weights that are large it is remembered. */
    static String digest(Path file) throws IOException {
        return RememberedDigest.usual().ofFile(file);
    }

    /**
     * A model on the class path: a tiny CLIP of the module {@code numclip-clip-tiny}, or plain pixels. It is unpacked below the
     * folder that the system property {@code numclip.cache} names, or else {@code ~/.cache/numclip}.
     *
     * @param reference {@link #EMBEDDED}, {@link #EMBEDDED_1_0} or {@link #PIXELS}
     */
    record Shipped(String reference) implements ModelSource {
        @Override
        public Path directory() throws IOException {
            return switch (reference) {
                case PIXELS -> ShippedModel.PIXELS.unpack();
                case EMBEDDED_1_0 -> ShippedModel.CLIP_TINY_1_0.unpack();
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
