package io.numclip.protocol;

import java.util.List;

/**
 * What stands in more than one split.
 *
 * @param kind what crosses
 * @param count how many images or subjects do
 * @param examples up to {@link #EXAMPLES} of them
 */
public record Leak(Kind kind, int count, List<String> examples) {

    /** How many examples at most. */
    public static final int EXAMPLES = 5;

    /** What can cross. */
    public enum Kind {
        /** Images of equal content. */
        IMAGES,
        /** Different images of one subject. */
        SUBJECTS
    }

    public Leak {
        examples = List.copyOf(examples);
    }

    /** Such as {@code 7 subjects stand in more than one split: subject 12 (3 train, 2 test); …, and 2 more}. */
    public String sentence() {
        String what = kind == Kind.IMAGES ? "image" : "subject";
        String more = count > examples.size() ? "; and " + (count - examples.size()) + " more" : "";
        return count + " " + what + (count == 1 ? " stands" : "s stand") + " in more than one split: "
                + String.join("; ", examples) + more;
    }
}
