package io.numclip.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.testing.BinningStrategyContract;
import org.junit.jupiter.api.Test;

class IntegerBinningTest extends BinningStrategyContract<IntegerBinning.Config> {

    @Override
    protected IntegerBinning.Factory factory() {
        return new IntegerBinning.Factory();
    }

    @Test
    void everyWholeNumberIsTheAnchorOfItsBin() {
        Bins bins = fit(IntegerBinning.Style.WORDS, 0, 100);
        assertThat(bins.size()).isEqualTo(101);
        for (int number = 0; number <= 100; number++) {
            assertThat(bins.indexOf(number)).isEqualTo(number);
            assertThat(bins.get(number).anchor()).isEqualTo(number);
        }
        assertThat(bins.get(37).concept()).isEqualTo("thirty seven");
    }

    @Test
    void edgesOfTheScaleMayLieBetweenNumbers() {
        assertThat(fit(IntegerBinning.Style.DIGITS, 0.5, 3.25))
                .containsExactly(new Bin("1", 0.5, 1.5, 1), new Bin("2", 1.5, 2.5, 2), new Bin("3", 2.5, 3.25, 3));
    }

    @Test
    void yearsAreReadInPairs() {
        assertThat(fit(IntegerBinning.Style.YEARS, 1899, 1901).concepts())
                .containsExactly("eighteen ninety nine", "nineteen hundred", "nineteen oh one");
    }

    @Test
    void scaleWithoutTwoWholeNumbersIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fit(IntegerBinning.Style.WORDS, 0.2, 1.9))
                .withMessage("integer binning needs a scale with 2 to 6000 whole numbers; found 0.2 to 1.9 things");
        assertThatIllegalArgumentException().isThrownBy(() -> fit(IntegerBinning.Style.WORDS, 0, 1e9));
    }

    private Bins fit(IntegerBinning.Style style, double minimum, double maximum) {
        LabelScale scale = new LabelScale(minimum, maximum, "things");
        return factory().create(new IntegerBinning.Config(style), scale).fit(new double[] {minimum});
    }
}
