package io.numclip.runner.page;

/** Something that is shown on a click. */
public final class Folded {

    private Folded() {}

    public static Tag of(String summary, Markup... content) {
        return Tag.of("details").add(Tag.of("summary", summary)).add(content);
    }
}
