package io.numclip.yardstick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.golden.Golden;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class LearningCurveTest {

    private static final EvaluationConfig RESAMPLED = new EvaluationConfig(1, 200, 1);

    private final JsonNode golden = Golden.json("learning-curve.json");

    @Test
    void numbersEqualThoseOfScikitLearn() {
        double[][] known = rows("features");
        double[][] all = Stream.of(known, rows("test")).flatMap(Arrays::stream).toArray(double[][]::new);
        KernelRegression regression = new KernelRegression(
                all,
                IntStream.range(0, known.length).toArray(),
                numbers(golden.get("labels")),
                golden.get("distance").doubleValue(),
                golden.get("gamma").doubleValue(),
                golden.get("lambda").doubleValue());
        assertThat(IntStream.range(known.length, all.length)
                        .mapToDouble(regression::at)
                        .toArray())
                .containsExactly(numbers(golden.get("numbers")), within(1e-8));
        assertThat(regression.leftOut()).containsExactly(numbers(golden.get("leftOut")), within(1e-8));
    }

    @Test
    void powerLawsEqualThoseOfNumPy() {
        for (JsonNode law : golden.get("laws")) {
            double[] images = numbers(law.get("images"));
            PowerLaw found = PowerLaw.fit(images, numbers(law.get("errors")), numbers(law.get("weights")));
            assertThat(found.at(2 * images[images.length - 1]))
                    .isEqualTo(law.get("twice").doubleValue(), within(1e-8));
        }
    }

    @Test
    void theErrorWithAllImagesLiesInTheIntervalThatHalfOfThemPredict() {
        long inside = LongStream.range(0, 8)
                .filter(seed -> {
                    KnownImages all = images(400, 2 * seed);
                    KnownImages test = images(200, 2 * seed + 1);
                    LearningCurve half = curve(all.pick(IntStream.range(0, 200).toArray()), test)
                            .orElseThrow();
                    LearningCurve whole = curve(all, test).orElseThrow();
                    return half.twice().interval().contains(whole.last().mae());
                })
                .count();
        assertThat(inside).isGreaterThanOrEqualTo(7);
    }

    @Test
    void aCurveHasFiveSizesAndTwiceAsManyImages() {
        LearningCurve curve = curve(images(200, 1), images(100, 2)).orElseThrow();
        assertThat(curve.points()).extracting(LearningCurve.Point::images).containsExactly(12, 25, 50, 100, 200);
        assertThat(curve.twice().images()).isEqualTo(400);
        assertThat(curve.twice().mae()).isBetween(0.0, curve.last().mae());
        assertThat(curve.saved().mae()).isPositive();
    }

    @Test
    void errorsThatDoNotFallAreExpectedToStay() {
        PowerLaw law = PowerLaw.fit(new double[] {100, 200}, new double[] {2, 3}, new double[] {1, 1});
        assertThat(law.at(400)).isEqualTo(law.at(100)).isBetween(2.0, 3.0);
    }

    @Test
    void tooFewImagesHaveNoCurve() {
        assertThat(curve(images(31, 1), images(300, 2))).isEmpty();
        assertThat(curve(images(32, 1), images(300, 2))).isPresent();
        assertThat(curve(images(32, 1), images(9, 2))).isEmpty();
    }

    private static Optional<LearningCurve> curve(KnownImages train, KnownImages test) {
        return LearningCurve.measure(train, train.size(), test, Clusters.single(test.size()), RESAMPLED);
    }

    /** A number that some of their features say, and noise. */
    private static KnownImages images(int count, long seed) {
        Random random = new Random(seed);
        double[][] features = IntStream.range(0, count)
                .mapToObj(i -> random.doubles(4, -1, 1).toArray())
                .toArray(double[][]::new);
        double[] labels = Arrays.stream(features)
                .mapToDouble(image -> 10 * image[0] + 5 * image[1] * image[2] + 4 * random.nextGaussian())
                .toArray();
        return new KnownImages(features, labels);
    }

    private double[][] rows(String name) {
        return StreamSupport.stream(golden.get(name).spliterator(), false)
                .map(LearningCurveTest::numbers)
                .toArray(double[][]::new);
    }

    private static double[] numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }
}
