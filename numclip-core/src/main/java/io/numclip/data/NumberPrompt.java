package io.numclip.data;

/**
 * A sentence about a number concept: context, concept, ending, full stop.
 *
 * @param context such as {@code age estimation: the person is a}; may be empty
 * @param concept such as {@code teenager}
 * @param ending words after the concept, such as {@code years old}; mostly empty. They belong to the context: what is
 *     learnt of it is learnt of them
 */
public record NumberPrompt(String context, String concept, String ending) {

    public NumberPrompt(String context, String concept) {
        this(context, concept, "");
    }

    public String sentence() {
        String start = context.isBlank() ? concept : context + " " + concept;
        boolean isWord = !ending.isEmpty() && Character.isLetterOrDigit(ending.charAt(0));
        return start + (isWord ? " " : "") + ending + ".";
    }
}
