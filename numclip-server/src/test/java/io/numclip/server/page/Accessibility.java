package io.numclip.server.page;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;

/** What axe-core finds wrong with a page for people who cannot see or point well. */
final class Accessibility {

    private final Browser browser;

    Accessibility(Browser browser) {
        this.browser = browser;
    }

    List<String> violations() {
        return new AxeBuilder().analyze(browser.driver()).getViolations().stream().map(Rule::toString).toList();
    }
}
