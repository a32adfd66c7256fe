package io.numclip.evaluation;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import org.junit.jupiter.api.Test;

class HolmTest {

    @Test
    void correctedValuesAreThoseOfStatsmodels() {
        for (JsonNode golden : Golden.json("comparisons.json").get("holm")) {
            assertThat(Holm.corrected(doubles(golden.get("p"))))
                    .containsExactly(doubles(golden.get("corrected")), within(1e-15));
        }
    }

    @Test
    void withoutTestsThereIsNothingToCorrect() {
        assertThat(Holm.corrected(new double[0])).isEmpty();
    }
}
