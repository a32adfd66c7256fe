package io.numclip.server.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** What axe-core finds wrong with a page for people who cannot see or point well. */
public final class Accessibility {

    private final Browser browser;

    public Accessibility(Browser browser) {
        this.browser = browser;
    }

    /** For each rule that is broken its name and the first elements that break it. */
    public List<?> violations() throws IOException {
        try (InputStream axe = Objects.requireNonNull(Accessibility.class.getResourceAsStream("/axe.min.js"))) {
            browser.script(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<?>) Objects.requireNonNull(browser.driver().executeAsyncScript("""
            const done = arguments[0];
            axe.run({resultTypes: ['violations']}).then(({violations}) => done(violations.map(
                ({id, nodes}) => `${id}: ${nodes.slice(0, 3).map((each) => each.html).join(' ')}`)));
            """));
    }
}
