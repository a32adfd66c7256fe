package io.numclip.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabelScale;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.Side;
import io.numclip.uncertainty.coverage.CutReport;
import io.numclip.uncertainty.coverage.CutReport.Outcome;
import io.numclip.uncertainty.coverage.Share;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CutTablesTest {

    private static final Share FOUND = new Share(0.975, 39, 40, 0.868, 0.999);
    private static final Share COST = new Share(0.25, 40, 160, 0.185, 0.325);

    private static final LabelScale AGES = new LabelScale(0, 80, "years");

    @Test
    void theRuleTheBudgetAndThePriceAreSaid() {
        assertThat(CutTables.text(report(24.56, FOUND, true), AGES)).isEqualTo("""
                        Decision 'below 18', to miss at most 1 %: images with a number up to 24.56 are treated as below 18,
                        chosen on 120 calibration images below 18.
                        The budget is kept as far as can be told: 1 of the 40 test images below 18 are missed (2.5 %);
                        chance allows as many with p = 0.600.
                        below 18             up to  missed                 found  others       share of others
                        as chosen            24.56       1  0.975 [0.868, 0.999]      40  0.250 [0.185, 0.325]
                        numbers as they are  18          1  0.975 [0.868, 0.999]      40  0.250 [0.185, 0.325]
                        best in hindsight    23          1  0.975 [0.868, 0.999]      40  0.250 [0.185, 0.325]
                        every image          all         0                 1.000     160                 1.000
                        """);
    }

    @Test
    void aBudgetThatIsKeptIsSaidToBe() {
        assertThat(CutTables.verdict(report(24.56, new Share(0.995, 199, 200, 0.972, 1), true)))
                .isEqualTo("The budget is kept: 1 of the 200 test images below 18 are missed (0.5 %).");
        assertThat(CutTables.verdict(report(24.56, new Share(792 / 800.0, 792, 800, 0.98, 1), true)))
                .isEqualTo("The budget is kept: 8 of the 800 test images below 18 are missed (1.0 %).");
    }

    @Test
    void aBudgetThatIsNotKeptIsAWarning() {
        CutReport broken = report(24.56, FOUND, false);
        assertThat(CutTables.warnings(broken, AGES)).isNotEmpty();
        assertThat(CutTables.verdict(broken))
                .isEqualTo("Warning: the budget is not kept: 1 of the 40 test images below 18 are missed (2.5 %);"
                        + " chance allows as many with p = 0.001.");
    }

    @Test
    void withoutAThresholdAllIsTreatedSoWithAWarning() {
        CutReport all = report(null, new Share(1, 40, 40, 0.9, 1), true);
        assertThat(CutTables.lead(all, AGES))
                .startsWith("Warning: the cut 'below 18' has no threshold, so every image is treated as below 18:");
        assertThat(CutTables.warnings(all, AGES)).isEqualTo(CutTables.lead(all, AGES));
        assertThat(CutTables.remarks(all, AGES)).isEqualTo(CutTables.verdict(all));
        assertThat(CutTables.text(all, AGES)).contains("as chosen            all         0  1.000 [0.900, 1.000]");
    }

    @Test
    void nothingIsBothAWarningAndARemark() {
        CutReport good = report(24.56, FOUND, true);
        assertThat(CutTables.warnings(good, AGES)).isEmpty();
        assertThat(CutTables.remarks(good, AGES)).isEqualTo(CutTables.lead(good, AGES) + " " + CutTables.verdict(good));
        CutReport broken = report(24.56, FOUND, false);
        assertThat(CutTables.warnings(broken, AGES)).isEqualTo(CutTables.verdict(broken));
        assertThat(CutTables.remarks(broken, AGES)).isEqualTo(CutTables.lead(broken, AGES));
    }

    @Test
    void withoutTestImagesOnTheSideNothingIsKnown() {
        assertThat(CutTables.verdict(report(24.56, null, true)))
                .isEqualTo("No test image is below 18: nothing is known of what is missed.");
    }

    private static CutReport report(@Nullable Double threshold, @Nullable Share found, boolean kept) {
        return new CutReport(
                new Cut(Side.BELOW, 18, 0.01, 120, 120, threshold),
                new Outcome(threshold, found, COST),
                new Outcome(18.0, found, COST),
                found == null ? null : new Outcome(23.0, found, COST),
                kept,
                kept ? 0.6 : 0.001);
    }
}
