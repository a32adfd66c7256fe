package io.numclip.protocol;

import java.util.List;

/**
 * Images or subjects that appear in more than one split.
 *
 * @param count how many images or subjects do
 * @param examples up to {@link #EXAMPLES} of them
 */
public record Leak(Kind kind, int count, List<String> examples) {

    /** Largest number of examples. */
    public static final int EXAMPLES = 5;

    /** What appears in more than one split. */
    public enum Kind {
        /** Images of equal content. */
        IMAGES,
        /** Different images of one subject. */
        SUBJECTS
    }

    public Leak {
        examples = List.copyOf(examples);
    }

    /** Such as {@code 7 subjects appear in more than one split: subject 12 (3 train, 2 test); …; and 2 more}. */
    public String sentence() {
        String what = kind == Kind.IMAGES ? "image" : "subject";
        String more = count > examples.size() ? "; and " + (count - examples.size()) + " more" : "";
        return count + " " + what + (count == 1 ? " appears" : "s appear") + " in more than one split: "
                + String.join("; ", examples) + more;
    }
}
