package io.numclip.runner.page;

/** Something wide, which is moved within its column instead of the whole page; with the keyboard too. */
public final class Scrolled {

    private Scrolled() {}

    /** @param name what it is, for those who hear the page */
    public static Tag of(String name, Markup content) {
        return Tag.styled("div", "scroll")
                .set("tabindex", 0)
                .set("role", "region")
                .set("aria-label", name)
                .add(content);
    }
}
