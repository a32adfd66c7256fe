package io.numclip.runner.page;

/** A chart with what it shows in words, and its numbers as a table that is folded away. */
public final class Figure {

    private Figure() {}

    /** @param about what can be seen in it; may be empty */
    public static Tag of(String title, String about, Tag chart, Tag table) {
        return Tag.of("figure")
                .add(caption(title, about))
                .add(chart)
                .add(Folded.of("The numbers of this chart", Scrolled.of(title, table)));
    }

    /** A table that is its own chart. */
    public static Tag ofTable(String title, String about, Tag table) {
        return Tag.of("figure").add(caption(title, about)).add(Scrolled.of(title, table));
    }

    private static Tag caption(String title, String about) {
        Tag caption = Tag.of("figcaption").add(Tag.of("h3", title));
        return about.isEmpty() ? caption : caption.add(Tag.of("p", about));
    }
}
