package io.numclip.yardstick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ComparisonScaleTest {

    private final JsonNode golden = Golden.json("comparison-scale.json");

    @Test
    void leadsAndEvidenceEqualThoseOfScikitLearn() {
        double[][] features = StreamSupport.stream(golden.get("features").spliterator(), false)
                .map(ComparisonScaleTest::numbers)
                .toArray(double[][]::new);
        int[] all = IntStream.range(0, features.length).toArray();
        assertThat(Vectors.meanSquaredDistance(features, all))
                .isEqualTo(golden.get("distance").doubleValue(), within(1e-9));
        double gamma =
                golden.get("gamma").doubleValue() / golden.get("distance").doubleValue();
        ComparisonScale scale = ComparisonScale.fit(
                new ComparisonScale.Bases(features, all, gamma),
                compared(),
                golden.get("width").doubleValue());
        assertThat(scale.evidence()).isEqualTo(golden.get("evidence").doubleValue(), within(1e-4));
        double[] leads =
                IntStream.of(all).mapToDouble(i -> scale.at(i) - scale.at(0)).toArray();
        assertThat(leads).containsExactly(numbers(golden.get("leads")), within(1e-4));
    }

    private List<Compared> compared() {
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < golden.get("pairs").size(); i++) {
            JsonNode pair = golden.get("pairs").get(i);
            double share = golden.get("more").get(i).booleanValue() ? 1 : 0;
            compared.add(new Compared(pair.get(0).intValue(), pair.get(1).intValue(), share));
        }
        return compared;
    }

    /** 400 images, more than span the process, and one that nobody compared. */
    @Test
    void imagesLieInTheOrderInWhichTheyWereCompared() {
        Random random = new Random(1);
        double[][] features = new double[401][];
        for (int i = 0; i < features.length; i++) {
            features[i] = new double[] {i / 400.0, random.nextGaussian() / 10};
        }
        List<Compared> compared = random.ints(2500, 0, 400)
                .mapToObj(image -> {
                    int other = (image + 1 + random.nextInt(399)) % 400;
                    boolean wrong = random.nextInt(10) == 0;
                    return new Compared(image, other, image > other == wrong ? 0 : 1);
                })
                .toList();
        ComparisonScale scale = ComparisonScale.fit(features, compared);
        double[] places = IntStream.range(0, 401).mapToDouble(scale::at).toArray();
        long wrong =
                IntStream.range(20, 401).filter(i -> places[i] < places[i - 20]).count();
        assertThat(wrong).as("of images twenty places apart").isLessThan(20);
        assertThat(places[400]).as("by its features alone").isGreaterThan(places[300]);
    }

    @Test
    void equalImagesLieAtOnePlace() {
        double[][] features = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
        List<Compared> compared = List.of(
                new Compared(0, 1, Compared.EQUAL),
                new Compared(2, 0, 1),
                new Compared(2, 1, 1),
                new Compared(3, 2, 1));
        ComparisonScale scale = ComparisonScale.fit(features, compared);
        assertThat(scale.at(2)).isGreaterThan(Math.max(scale.at(0), scale.at(1)));
        assertThat(scale.at(3)).isGreaterThan(scale.at(2));
        assertThat(Math.abs(scale.at(0) - scale.at(1))).isLessThan(scale.at(2) - scale.at(0));
    }

    @Test
    void agreementEqualsKendallsTauOfSciPy() {
        double[] ranks = numbers(golden.get("tau").get("ranks"));
        double[] found = numbers(golden.get("tau").get("numbers"));
        List<Compared> compared = new ArrayList<>();
        for (int i = 0; i < ranks.length; i++) {
            for (int j = 0; j < i; j++) {
                compared.add(new Compared(i, j, (Math.signum(ranks[i] - ranks[j]) + 1) / 2));
            }
        }
        Agreement agreement = Agreement.of(compared, image -> found[image]);
        assertThat(agreement.tau())
                .hasValueCloseTo(golden.get("tau").get("value").doubleValue(), within(1e-12));
        assertThat(agreement.count()).isEqualTo((int)
                compared.stream().filter(pair -> pair.share() != Compared.EQUAL).count());
    }

    @Test
    void agreementIsAShareWithAnInterval() {
        List<Compared> compared = IntStream.range(1, 40)
                .mapToObj(i -> new Compared(i, i - 1, i % 4 == 0 ? 0 : 1))
                .toList();
        Agreement agreement = Agreement.of(compared, image -> image);
        assertThat(agreement.share()).isEqualTo(30 / 39.0, within(1e-12));
        assertThat(agreement.interval().low()).isBetween(0.4, 0.7);
        assertThat(agreement.interval().high()).isBetween(0.85, 1.0);
        assertThat(Agreement.of(List.of(new Compared(0, 1, 1)), image -> 3).share())
                .as("equal numbers count half")
                .isEqualTo(0.5);
    }

    private static double[] numbers(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
