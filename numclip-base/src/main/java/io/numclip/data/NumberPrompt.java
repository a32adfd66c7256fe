package io.numclip.data;

/**
 * A sentence about a number concept: context, concept, ending, full stop.
 *
 * @param context such as {@code age estimation: the person is a}; may be empty
 * @param concept such as {@code teenager}
 * @param ending words after the concept, such as {@code years old}; usually empty. They belong to the context: where it
 *     is trained, they are trained with it
 */
public record NumberPrompt(String context, String concept, String ending) {

    private static final String PLACE = "{}";

    public NumberPrompt(String context, String concept) {
        this(context, concept, "");
    }

    /**
     * A concept in a template, such as {@code a photo of a {} person}.
     *
     * @param template with {@code {}} in the place of the concept, which otherwise goes at the end; a final full stop
     *     is dropped
     * @throws IllegalArgumentException if the template has two places
     */
    public static NumberPrompt of(String template, String concept) {
        String words = template.strip();
        words = words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
        int place = words.indexOf(PLACE);
        if (place < 0) {
            return new NumberPrompt(words.strip(), concept);
        }
        String ending = words.substring(place + PLACE.length()).strip();
        if (ending.contains(PLACE)) {
            throw new IllegalArgumentException(
                    "a template has one place " + PLACE + " for the concept; found two in '" + template + "'");
        }
        return new NumberPrompt(words.substring(0, place).strip(), concept, ending);
    }

    public String sentence() {
        String start = context.isBlank() ? concept : context + " " + concept;
        boolean isWord = !ending.isEmpty() && Character.isLetterOrDigit(ending.charAt(0));
        return start + (isWord ? " " : "") + ending + ".";
    }
}
