package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.evaluation.Figures;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.run.Comparison;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TilesTest {

    @Test
    void anErrorBesideThatOfAGuess() {
        assertThat(share(1, 2)).contains("<span class=\"good\">50\u00a0% less</span>");
        assertThat(share(3, 2)).contains("<span class=\"bad\">50\u00a0% more</span>");
        assertThat(share(2, 2)).contains("<span>equal</span>");
        assertThat(share(0.2, 0)).contains("<span class=\"bad\">worse</span>", "the guess is off by 0.000");
        assertThat(share(0, 0)).contains("<span>equal</span>");
    }

    private static String share(double ours, double theirs) {
        return Tiles.share(row(ours), row(theirs)).toString();
    }

    private static Comparison.Row row(double mae) {
        return new Comparison.Row("any", new Figures(Map.of(OrdinalMetric.MAE, mae), Map.of()));
    }
}
