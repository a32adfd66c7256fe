package io.numclip.yardstick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import io.numclip.golden.Golden;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class YardsticksTest {

    private static final JsonNode GOLDEN = Golden.json("yardsticks.json");
    private static final Bins BINS = new Bins(List.of(
            new Bin("child", 0, 13, 6),
            new Bin("teenager", 13, 19, 16),
            new Bin("young adult", 19, 35, 27),
            new Bin("middle adult", 35, 65, 50),
            new Bin("older adult", 65, 100, 80)));

    private static final KnownImages TRAIN = known("train");
    private static final KnownImages VALIDATION = known("validation");

    private static KnownImages known(String name) {
        return new KnownImages(features(name), numbers(GOLDEN.get(name).get("labels")));
    }

    private static double[][] features(String name) {
        return StreamSupport.stream(GOLDEN.get(name).get("features").spliterator(), false)
                .map(YardsticksTest::numbers)
                .toArray(double[][]::new);
    }

    private static double[] numbers(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    private static double[] values(List<Prediction> predictions) {
        return predictions.stream().mapToDouble(Prediction::value).toArray();
    }

    private static JsonNode best(String yardstick) {
        return StreamSupport.stream(GOLDEN.get(yardstick).spliterator(), false)
                .min(Comparator.comparingDouble(
                        node -> node.get("validationMae").asDouble()))
                .orElseThrow();
    }

    @Test
    void logisticRegressionEndsWhenItIsAskedTo() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> LogisticRegression.fit(TRAIN, VALIDATION, BINS))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void neighboursPredictTheNumbersOfScikitLearn() {
        for (JsonNode expected : GOLDEN.get("neighbours")) {
            NearestNeighbours neighbours =
                    new NearestNeighbours(TRAIN, BINS, expected.get("k").asInt());
            assertThat(values(neighbours.predict(features("test"))))
                    .containsExactly(numbers(expected.get("values")), within(1e-9));
        }
    }

    @Test
    void theNumberOfNeighboursIsTheBestOnValidationImages() {
        NearestNeighbours fitted = NearestNeighbours.fit(TRAIN, VALIDATION, BINS);
        assertThat(fitted.k()).isEqualTo(best("neighbours").get("k").asInt());
    }

    @Test
    void sharesOfConceptsAreThoseAmongTheNeighbours() {
        NearestNeighbours one = new NearestNeighbours(TRAIN, BINS, 1);
        Prediction nearest = one.predict(features("test")).get(0);
        assertThat(nearest.probabilities()[BINS.indexOf(nearest.value())]).isEqualTo(1);
    }

    @Test
    void fewImagesAreAllNeighbours() {
        KnownImages two = new KnownImages(new double[][] {{0}, {1}}, new double[] {10, 30});
        NearestNeighbours fitted =
                NearestNeighbours.fit(two, new KnownImages(new double[][] {{0.4}}, new double[] {20}), BINS);
        assertThat(values(fitted.predict(new double[][] {{0.4}}))).containsExactly(20);
    }

    @Test
    void logisticRegressionHasTheProbabilitiesAndNumbersOfScikitLearn() {
        for (JsonNode expected : GOLDEN.get("logistic")) {
            LogisticRegression regression = new LogisticRegression.Fitting(TRAIN, BINS)
                    .with(expected.get("strength").asDouble());
            boolean isMedian = expected.get("number").asText().equals("median");
            List<Prediction> predictions = (isMedian ? regression.median() : regression).predict(features("test"));
            assertThat(values(predictions)).containsExactly(numbers(expected.get("values")), within(2e-2));
            for (int n = 0; n < predictions.size(); n++) {
                assertThat(predictions.get(n).probabilities())
                        .containsExactly(numbers(expected.get("probabilities").get(n)), within(5e-4));
            }
        }
    }

    @Test
    void itsStrengthAndItsNumberAreTheBestOnValidationImages() {
        LogisticRegression fitted = LogisticRegression.fit(TRAIN, VALIDATION, BINS);
        assertThat(values(fitted.predict(features("test"))))
                .containsExactly(numbers(best("logistic").get("values")), within(2e-2));
    }

    @Test
    void aConceptWithoutTrainingImagesHasNoProbability() {
        KnownImages children = new KnownImages(new double[][] {{0}, {1}, {2}}, new double[] {1, 2, 40});
        double[] shares = new LogisticRegression.Fitting(children, BINS)
                .with(1)
                .predict(new double[][] {{0}})
                .get(0)
                .probabilities();
        assertThat(shares[1] + shares[2] + shares[4]).isZero();
        assertThat(shares[0] + shares[3]).isCloseTo(1, within(1e-9));
    }

    @Test
    void oneConceptAloneIsCertain() {
        KnownImages children = new KnownImages(new double[][] {{0}, {1}}, new double[] {1, 2});
        Prediction prediction = LogisticRegression.fit(children, children, BINS)
                .predict(new double[][] {{5}})
                .get(0);
        assertThat(prediction.value()).isEqualTo(6);
    }

    @Test
    void pixelsAreAveragedOverEqualSquares() {
        try (NDManager manager = NDManager.newBaseManager()) {
            PooledPixels pooled = new PooledPixels(40, manager);
            assertThat(pooled.width()).isEqualTo(3 * 10 * 10);
            NDArray pixels = manager.zeros(new Shape(1, 3, 40, 40));
            pixels.set(new NDIndex("0, 1, 4:8, 36:40"), 2f);
            pixels.set(new NDIndex("0, 2, 0, 0"), 16f);
            float[] features = pooled.encode(pixels, false).toFloatArray();
            assertThat(features[100 + 1 * 10 + 9]).isEqualTo(2f);
            assertThat(features[200]).isEqualTo(1f);
            float sum = 0;
            for (float feature : features) {
                sum += feature;
            }
            assertThat(sum).isEqualTo(3f);
        }
    }
}
