package io.numclip.uncertainty.adjustment;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Against NumPy and scikit-learn; see tools/golden/recalibration.py. */
class AdjustmentTest {

    @Test
    void offsetAndSlopeAreThoseOfNumPyAndScikitLearn() {
        for (JsonNode each : Golden.json("recalibration.json").get("cases")) {
            assertSame(Adjustment::offset, each, each.get("offset"));
            assertSame(Adjustment::line, each, each.get("line"));
        }
    }

    private static void assertSame(BiFunction<double[], double[], Adjustment> fit, JsonNode images, JsonNode expected) {
        double[] numbers = doubles(images.get("numbers"));
        double[] labels = doubles(images.get("labels"));
        Adjustment found = fit.apply(numbers, labels);
        assertThat(found.slope()).isCloseTo(expected.get("slope").asDouble(), within(1e-9));
        assertThat(found.offset()).isCloseTo(expected.get("offset").asDouble(), within(1e-9));
        assertThat(found.images()).isEqualTo(numbers.length);
        List<String> groups = new ArrayList<>();
        images.get("groups").forEach(group -> groups.add(group.asText()));
        assertThat(Adjustment.heldOut(numbers, labels, groups, fit))
                .containsExactly(doubles(expected.get("heldOut")), within(1e-9));
    }

    @Test
    void aLineThatDoesNotRiseIsNone() {
        double[] numbers = {1, 2, 3};
        assertThat(Adjustment.line(numbers, new double[] {3, 2, 1}).slope()).isEqualTo(1);
        assertThat(Adjustment.line(new double[] {2, 2, 2}, numbers)).isEqualTo(new Adjustment(0, 1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Adjustment(0, -1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new Adjustment(Double.NaN, 1, 3));
    }

    @Test
    void oneAfterAnotherIsOne() {
        Adjustment both = new Adjustment(3, 2, 9).after(new Adjustment(5, 0.5, 7));
        assertThat(both).isEqualTo(new Adjustment(13, 1, 9));
        assertThat(both.of(4)).isEqualTo(2 * (0.5 * 4 + 5) + 3);
        assertThat(both.of(new float[] {4, 5})).containsExactly(17, 18);
        assertThat(Adjustment.NONE.of(4.25)).isEqualTo(4.25);
    }
}
