package io.numclip.training;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final Bins BINS = new Bins(List.of(new Bin("few", 0, 10, 5), new Bin("many", 10, 20, 15)));
    private static final LabelScale SCALE = new LabelScale(0, 20, "things");
    private static final double[] LABELS = {1, 2, 3, 4, 12}; // four few, one many

    @Test
    void naturalDrawsEveryImageAlike() {
        assertThat(Sampling.NATURAL.weights(LABELS, BINS, SCALE)).containsOnly(1);
    }

    @Test
    void balancedGivesEveryConceptTheSameSum() {
        assertThat(Sampling.BALANCED.weights(LABELS, BINS, SCALE)).containsExactly(0.25, 0.25, 0.25, 0.25, 1);
    }

    @Test
    void squareRootLiesBetween() {
        assertThat(Sampling.SQUARE_ROOT.weights(LABELS, BINS, SCALE)).containsExactly(0.5, 0.5, 0.5, 0.5, 1);
    }

    @Test
    void smoothedWeightsAreThoseOfScipy() throws IOException {
        JsonNode golden = new ObjectMapper()
                .readTree(Path.of("src/test/resources/golden/label-smoothing.json")
                        .toFile());
        assertThat(Sampling.SMOOTHED.weights(doubles(golden.get("labels")), BINS, SCALE))
                .containsExactly(doubles(golden.get("weights")), within(1e-9));
    }

    @Test
    void cellsBelongToTheScaleAndNotToBinsThatWereMoved() {
        double[] labels = {0, 0, 0, 1, 20};
        assertThat(Sampling.SMOOTHED.weights(labels, BINS.moved(1), SCALE))
                .containsExactly(Sampling.SMOOTHED.weights(labels, BINS, SCALE));
    }

    @Test
    void labelsWithFractionsAreCountedInHundredthsOfTheScale() {
        double[] weights = Sampling.SMOOTHED.weights(new double[] {0.5, 0.51, 19.5}, BINS, SCALE);
        assertThat(weights).containsExactly(new double[] {0.5, 0.5, 1}, within(1e-12));
    }

    @Test
    void drawsFollowTheWeights() {
        double[] weights = new double[1000];
        Arrays.fill(weights, 1);
        Arrays.fill(weights, 0, 100, 9); // a tenth of the images, half of the chance
        long rare = 0;
        for (int epoch = 1; epoch <= 20; epoch++) {
            rare += Arrays.stream(RandomOrder.weighted(weights, 7, epoch))
                    .filter(index -> index < 100)
                    .count();
        }
        assertThat(rare / 20_000.0).isCloseTo(0.5, within(0.015)); // four standard deviations
    }

    @Test
    void anEpochIsDrawnTheSameAgainAndAnotherIsNot() {
        double[] weights = {1, 2, 3, 4, 5, 6, 7, 8};
        assertThat(RandomOrder.weighted(weights, 1, 1)).isEqualTo(RandomOrder.weighted(weights, 1, 1));
        assertThat(RandomOrder.weighted(weights, 1, 1)).isNotEqualTo(RandomOrder.weighted(weights, 1, 2));
    }
}
