package io.numclip.host.label;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a person said, as a line of the file has it.
 *
 * @param id from 1 on, without gaps
 * @param by who said it
 * @param at when, as in ISO 8601
 * @param image its name below the folder; of an {@link Said#UNDO} that of the answer that is taken back
 * @param other the second image of a comparison
 * @param value the number, for {@link Said#VALUE} alone
 * @param guess what would have been predicted before, where the image was drawn by chance
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Answer(
        int id,
        String by,
        String at,
        String image,
        @Nullable String other,
        Said said,
        @Nullable Double value,
        @Nullable Guess guess) {

    /** What can be said. */
    public enum Said {
        /** The image has this number. */
        VALUE,
        /** The image is more than the other one. */
        IMAGE,
        /** The other one is more. */
        OTHER,
        /** Neither is more. */
        EQUAL,
        /** Nobody can say. */
        UNKNOWN,
        /** Not now. */
        SKIP,
        /** The last answer of this person that still counts does not. */
        UNDO;

        boolean isOfPairs() {
            return this == IMAGE || this == OTHER || this == EQUAL;
        }

        /** As files and pages have it. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Predictions from the answers before.
     *
     * @param model of the features; of a comparison, how likely it is that the image is more
     * @param constant the same number for every image
     */
    public record Guess(double model, double constant) {}

    boolean isComparison() {
        return other != null;
    }

    /** Whether it says something of the images. */
    boolean isSaid() {
        return said == Said.VALUE || said.isOfPairs();
    }
}
