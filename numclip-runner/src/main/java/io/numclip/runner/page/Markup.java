package io.numclip.runner.page;

/** Part of a page. */
public sealed interface Markup permits Tag, Text {

    void write(StringBuilder page);
}
