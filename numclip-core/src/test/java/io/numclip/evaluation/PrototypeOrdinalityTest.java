package io.numclip.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import org.junit.jupiter.api.Test;

class PrototypeOrdinalityTest {

    @Test
    void equalsTheScoreOfOrdinalClip() {
        for (JsonNode golden : Golden.json("metrics.json").get("prototypes")) {
            assertThat(PrototypeOrdinality.of(
                            flat(golden.get("prototypes")),
                            golden.get("prototypes").size()))
                    .as(golden.get("name").asText())
                    .hasValue(golden.get("ordinality").asDouble());
        }
    }

    @Test
    void theLengthOfAPrototypeDoesNotMatter() {
        float[] steps = {1, 0, 3, 3, 0, 0.5f};
        assertThat(PrototypeOrdinality.of(steps, 3)).hasValue(1);
    }

    @Test
    void oneConceptHasNoOrder() {
        assertThat(PrototypeOrdinality.of(new float[] {1, 2}, 1)).isEmpty();
    }

    @Test
    void whatIsNoPrototypeIsRefused() {
        assertThatThrownBy(() -> PrototypeOrdinality.of(new float[] {1, 0, 0, 0}, 2))
                .hasMessage("prototype 1 must have a finite length above 0");
        assertThatThrownBy(() -> PrototypeOrdinality.of(new float[5], 2))
                .hasMessageContaining("found 5 numbers for 2 concepts");
    }

    private static float[] flat(JsonNode rows) {
        float[] flat = new float[rows.size() * rows.get(0).size()];
        int filled = 0;
        for (JsonNode row : rows) {
            for (JsonNode number : row) {
                flat[filled++] = (float) number.asDouble();
            }
        }
        return flat;
    }
}
