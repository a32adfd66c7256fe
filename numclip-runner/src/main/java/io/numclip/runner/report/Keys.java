package io.numclip.runner.report;

import io.numclip.runner.page.Tag;
import java.util.List;

/** What the marks of a chart mean. */
final class Keys {

    private Keys() {}

    static Tag of(Tag... entries) {
        return Tag.styled("ul", "key").add(List.of(entries));
    }

    /** @param mark its style */
    static Tag entry(String mark, String meaning) {
        return Tag.of("li")
                .add(Tag.styled("i", mark).set("aria-hidden", "true"))
                .add(meaning);
    }
}
