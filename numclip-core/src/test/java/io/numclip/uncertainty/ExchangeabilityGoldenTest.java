package io.numclip.uncertainty;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Against SciPy and scikit-learn; see tools/golden/exchangeability.py. */
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
        FamiliarImages familiar = new FamiliarImages(training, distances, 0.1, distances.length, null);
        float[][] asked = features(known.get("asked"));
        for (int n = 0; n < asked.length; n++) {
            double chance = known.get("chances").get(n).asDouble();
            assertThat(familiar.of(asked[n]).chance()).isCloseTo(chance, CLOSE);
            assertThat(familiar.of(asked[n]).strange()).isEqualTo(chance <= 0.1);
        }
    }

    private static float[][] features(JsonNode rows) {
        float[][] features = new float[rows.size()][];
        for (int n = 0; n < features.length; n++) {
            double[] row = doubles(rows.get(n));
            features[n] = new float[row.length];
            for (int d = 0; d < row.length; d++) {
                features[n][d] = (float) row[d];
            }
        }
        return features;
    }
}
