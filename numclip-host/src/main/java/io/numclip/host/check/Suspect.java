package io.numclip.host.check;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An image in which something may be wrong.
 *
 * @param likeliest the number that images like it have; null where the image could not be read
 * @param score 0 to 1; the larger, the worse, among those of one kind
 * @param reason for a reader
 */
public record Suspect(
        LabeledImage image,
        Split split,
        Kind kind,
        @Nullable Double likeliest,
        double score,
        String reason) {

    /** What may be wrong, the surest first. */
    public enum Kind {
        /** The image cannot be read. */
        UNREADABLE("cannot be read"),
        /** Another image is nearly the same, and has another label. */
        TWIN("nearly the same as another image that has another label"),
        /** Another image is nearly the same, has the same label, and is in another split. */
        SPLIT("nearly the same as an image in another split with the same label"),
        /** Images like it have other labels. */
        LABEL("with a label that images like it do not have"),
        /** No other image is like it. */
        STRANGE("unlike all others");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** What is said of images of this kind. */
        public String words() {
            return words;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
