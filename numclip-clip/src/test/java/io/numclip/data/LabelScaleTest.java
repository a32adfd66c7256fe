package io.numclip.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LabelScaleTest {

    private final LabelScale any = new LabelScale(0, 9.5, "points");
    private final LabelScale whole = new LabelScale(-2, 9, "things", true);

    @Test
    void theNearestNumberIsBetweenTheEnds() {
        assertThat(any.clamp(-0.1)).isEqualTo(0);
        assertThat(any.clamp(3.3)).isEqualTo(3.3);
        assertThat(any.clamp(12)).isEqualTo(9.5);
    }

    @Test
    void theNearestWholeNumberIsBetweenTheEndsToo() {
        assertThat(whole.clamp(-3)).isEqualTo(-2);
        assertThat(whole.clamp(6.6)).isEqualTo(7);
        assertThat(whole.clamp(6.4)).isEqualTo(6);
        assertThat(whole.clamp(9.4)).isEqualTo(9);
        assertThat(whole.within(6.6)).isEqualTo(6.6);
        assertThat(whole.within(9.4)).isEqualTo(9);
    }

    /** As ONNX and IEEE 754 round. */
    @Test
    void aHalfBecomesEven() {
        assertThat(whole.clamp(2.5)).isEqualTo(2);
        assertThat(whole.clamp(3.5)).isEqualTo(4);
        assertThat(whole.clamp(-1.5)).isEqualTo(-2);
    }

    @Test
    void whatCannotBeALabelIsSaid() {
        assertThat(any.problem(3.5)).isEmpty();
        assertThat(any.problem(10)).hasValue("outside 0.0 to 9.5 points");
        assertThat(whole.problem(-2)).isEmpty();
        assertThat(whole.problem(3.5))
                .hasValueSatisfying(text -> assertThat(text).startsWith("not a whole number"));
        assertThat(whole.problem(10.5)).hasValue("outside -2.0 to 9.0 things");
        assertThat(whole.problem(Double.NaN)).isPresent();
    }

    @Test
    void wholeNumbersEndWithWholeNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelScale(0, 9.5, "points", true))
                .withMessageContaining("found 0.0 and 9.5");
        assertThatIllegalArgumentException().isThrownBy(() -> new LabelScale(3, 3, "points"));
    }
}
