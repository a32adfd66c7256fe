package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OrdinalSetTest {

    private static final double[] PROBABILITIES = {0.1, 0.15, 0.5, 0.2, 0.05};

    @Test
    void growsToTheLikelierNeighbour() {
        assertThat(OrdinalSet.of(PROBABILITIES, 0)).isEqualTo(new OrdinalSet(2, 2));
        assertThat(OrdinalSet.of(PROBABILITIES, 0.5)).isEqualTo(new OrdinalSet(2, 3));
        assertThat(OrdinalSet.of(PROBABILITIES, 0.71)).isEqualTo(new OrdinalSet(1, 3));
        assertThat(OrdinalSet.of(PROBABILITIES, 0.86)).isEqualTo(new OrdinalSet(0, 3));
        assertThat(OrdinalSet.of(PROBABILITIES, 1)).isEqualTo(new OrdinalSet(0, 4));
    }

    @Test
    void theScoreIsTheProbabilityBeforeTheBin() {
        assertThat(OrdinalSet.score(PROBABILITIES, 2)).isZero();
        assertThat(OrdinalSet.score(PROBABILITIES, 3)).isEqualTo(0.5);
        assertThat(OrdinalSet.score(PROBABILITIES, 0)).isCloseTo(0.85, within(1e-12));
    }

    @Test
    void aBinIsInTheSetOfItsOwnScore() {
        for (int bin = 0; bin < PROBABILITIES.length; bin++) {
            double score = OrdinalSet.score(PROBABILITIES, bin);
            assertThat(OrdinalSet.of(PROBABILITIES, score).contains(bin)).isTrue();
            assertThat(bin == 2 || !OrdinalSet.of(PROBABILITIES, score - 1e-9).contains(bin))
                    .isTrue();
        }
    }
}
