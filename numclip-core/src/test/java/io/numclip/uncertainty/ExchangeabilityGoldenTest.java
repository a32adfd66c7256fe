package io.numclip.uncertainty;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import io.numclip.uncertainty.evidence.Nearby;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against SciPy, scikit-learn and statsmodels; see tools/golden/exchangeability.py. */
class ExchangeabilityGoldenTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    private final JsonNode golden = Golden.json("exchangeability.json");

    @Test
    void theNumberOutsideIsTheBetaBinomialOfSciPy() {
        for (JsonNode known : golden.get("outside")) {
            double chance = Chance.ofOutside(
                    known.get("outside").asInt(),
                    Size.of(known.get("tested").asInt()),
                    Size.of(known.get("calibrated").asInt()),
                    known.get("rate").asDouble());
            assertThat(chance).isCloseTo(known.get("chance").asDouble(), CLOSE);
        }
    }

    @Test
    void countsAreComparedAsSciPyDoes() {
        for (JsonNode known : golden.get("differences")) {
            double chance = Chance.ofDifference(doubles(known.get("left")), doubles(known.get("right")), 1);
            assertThat(chance).isCloseTo(known.get("chance").asDouble(), CLOSE);
        }
    }

    @Test
    void imagesOfAGroupCountAsTheAnalysisOfVarianceSays() {
        for (JsonNode known : golden.get("sizes")) {
            List<String> groups = new ArrayList<>();
            known.get("groups").forEach(group -> groups.add(group.asText()));
            Size size = Size.of(groups, doubles(known.get("figures")));
            assertThat(size.effective()).isCloseTo(known.get("effective").asDouble(), CLOSE);
            assertThat(size.groups()).isEqualTo((int) groups.stream().distinct().count());
        }
    }

    @Test
    void aPartWithLargerErrorsIsThatOfStatsmodels() {
        for (JsonNode known : golden.get("larger")) {
            List<String> groups = new ArrayList<>();
            known.get("groups").forEach(group -> groups.add(group.asText()));
            int[] parts = Arrays.stream(doubles(known.get("parts")))
                    .mapToInt(part -> (int) part)
                    .toArray();
            double chance = Chance.ofLarger(
                    doubles(known.get("errors")), parts, known.get("part").asInt(), groups);
            assertThat(chance).isCloseTo(known.get("chance").asDouble(), CLOSE);
        }
    }

    @Test
    void distancesAreThoseOfScikitLearn() {
        JsonNode known = golden.get("familiar");
        float[][] training = features(known.get("training"));
        float[][] heldOut = features(known.get("held_out"));
        float[] distances = new float[heldOut.length];
        for (int n = 0; n < heldOut.length; n++) {
            distances[n] = FamiliarImages.distance(training, heldOut[n]);
            assertThat((double) distances[n])
                    .isCloseTo(known.get("known").get(n).asDouble(), within(1e-6));
        }
        FamiliarImages familiar = new FamiliarImages(training, distances, 0.1, distances.length, null, null);
        float[][] asked = features(known.get("asked"));
        for (int n = 0; n < asked.length; n++) {
            double chance = known.get("chances").get(n).asDouble();
            assertThat(familiar.of(asked[n]).chance()).isCloseTo(chance, CLOSE);
            assertThat(familiar.of(asked[n]).strange()).isEqualTo(chance <= 0.1);
        }
    }

    @Test
    void theNearestImagesSayWhatScikitLearnSays() {
        JsonNode known = golden.get("familiar");
        float[] labels = floats(known.get("labels"));
        FamiliarImages familiar =
                new FamiliarImages(features(known.get("training")), new float[] {0.2f}, 0.1, 1, null, labels);
        float[][] asked = features(known.get("asked"));
        for (int n = 0; n < asked.length; n++) {
            float distance = familiar.distance(asked[n]);
            Nearby nearby =
                    familiar.nearby(asked[n], distance, TestingAges.BINS).orElseThrow();
            double said = IntStream.range(0, TestingAges.BINS.size())
                    .mapToDouble(k -> nearby.shares()[k] * nearby.numbers()[k])
                    .sum();
            assertThat(said).isCloseTo(known.get("said_by_the_nearest").get(n).asDouble(), within(1e-3));
            assertThat(nearby.own()).isCloseTo(0.04 / (distance * distance), within(1e-6));
        }
    }

    private static float[][] features(JsonNode rows) {
        float[][] features = new float[rows.size()][];
        for (int n = 0; n < features.length; n++) {
            features[n] = floats(rows.get(n));
        }
        return features;
    }

    private static float[] floats(JsonNode numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers.get(i).asDouble();
        }
        return floats;
    }
}
