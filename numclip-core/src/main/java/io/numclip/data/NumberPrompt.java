package io.numclip.data;

/**
 * A sentence about a number concept: context, then concept, then a full stop.
 *
 * @param context such as {@code age estimation: the person is a}; may be empty
 * @param concept such as {@code teenager}
 */
public record NumberPrompt(String context, String concept) {

    public String sentence() {
        return context.isBlank() ? concept + "." : context + " " + concept + ".";
    }
}
