package io.numclip.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.testing.RankingLossContract;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnimodalBetaTest extends RankingLossContract<UnimodalBeta.Config> {

    @Override
    protected UnimodalBeta.Factory factory() {
        return new UnimodalBeta.Factory();
    }

    @Test
    void equalsDlordinal() {
        LossFigures.check("unimodal-beta", factory(), new UnimodalBeta.Config(0.9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 14, 40})
    void unpublishedNumbersOfConceptsFollowTheRule(int concepts) {
        double[][] rows = UnimodalBeta.distributions(concepts);
        for (int y = 0; y < concepts; y++) {
            double[] labels = Distributions.normalize(rows[y]);
            double mean = IntStream.range(0, concepts)
                    .mapToDouble(k -> (k + 0.5) / concepts * labels[k])
                    .sum();
            assertThat(mean).as("concept %s", y).isCloseTo((y + 0.5) / concepts, within(0.25 / concepts));
            assertThat(labels[y]).as("concept %s", y).isGreaterThan(0.5);
        }
    }
}
