package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.result.Against;
import org.junit.jupiter.api.Test;

class LeadTest {

    @Test
    void anErrorBesideThatOfAGuess() {
        assertThat(share(1, 2)).contains("<span class=\"good\">50\u00a0% less</span>");
        assertThat(Lead.share(1, 2, Against.OPEN).toString()).contains("<span class=\"\">50\u00a0% less</span>");
        assertThat(share(3, 2)).contains("<span class=\"bad\">50\u00a0% more</span>");
        assertThat(share(2, 2)).contains("<span>equal</span>");
        assertThat(share(0.2, 0)).contains("<span class=\"bad\">worse</span>", "the guess is off by 0.000");
        assertThat(share(0, 0)).contains("<span>equal</span>");
    }

    private static String share(double ours, double theirs) {
        return Lead.share(ours, theirs, ours < theirs ? Against.BETTER : Against.WORSE)
                .toString();
    }
}
