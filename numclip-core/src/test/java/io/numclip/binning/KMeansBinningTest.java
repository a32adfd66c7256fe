package io.numclip.binning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.golden.Golden;
import io.numclip.testing.BinningStrategyContract;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KMeansBinningTest extends BinningStrategyContract<KMeansBinning.Config> {

    private static final LabelScale SCALE = new LabelScale(0, 100, "years");

    @Override
    protected KMeansBinning.Factory factory() {
        return new KMeansBinning.Factory();
    }

    @Override
    protected KMeansBinning.Config config() {
        return config(3, Anchor.MEAN);
    }

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(
                Golden.json("natural-breaks.json").get("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void groupsAreTheBestOnesOfThePublicCode(JsonNode golden) {
        double[] labels = StreamSupport.stream(golden.get("labels").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
        Bins bins = factory()
                .create(config(golden.get("groups").asInt(), Anchor.MEAN), SCALE)
                .fit(labels);
        for (int k = 0; k < bins.size(); k++) {
            assertThat(bins.get(k).anchor())
                    .isCloseTo(golden.get("means").get(k).asDouble(), within(1e-9));
        }
        assertThat(cost(bins, labels)).isCloseTo(golden.get("cost").asDouble(), within(1e-7));
    }

    @Test
    void edgesLieHalfWayBetweenTheMeans() {
        assertThat(fit(1, 3, 20, 24, 80))
                .containsExactly(
                        new Bin("word 0", 0, 12, 2), new Bin("word 1", 12, 51, 22), new Bin("word 2", 51, 100, 80));
    }

    @Test
    void manyDifferentLabelsArePartedExactly() {
        Random random = new Random(1);
        double[] labels = random.doubles(100_000, 0, 100).toArray();
        Bins bins = factory().create(config(4, Anchor.MEAN), SCALE).fit(labels);
        assertThat(bins.get(1).lower()).isCloseTo(25, within(1.0));
        assertThat(bins.get(2).lower()).isCloseTo(50, within(1.0));
        assertThat(bins.get(3).lower()).isCloseTo(75, within(1.0));
    }

    @Test
    void labelsFarFromZeroLoseNoDigits() {
        double[] labels = {1_000_000.1, 1_000_000.2, 1_000_000.7, 1_000_000.8};
        Bins bins = factory()
                .create(config(2, Anchor.MEAN), new LabelScale(1_000_000, 1_000_001, "metres"))
                .fit(labels);
        assertThat(bins.get(1).lower()).isCloseTo(1_000_000.45, within(1e-6));
    }

    @Test
    void tooFewDifferentLabelsAreRefused() {
        assertThatThrownBy(() -> fit(1, 1, 2, 2))
                .isInstanceOf(NumClipException.class)
                .hasMessage(
                        "training labels — k-means binning with 3 concepts needs as many different labels, found 2");
    }

    private static double cost(Bins bins, double[] labels) {
        double cost = 0;
        for (double label : labels) {
            double distance = label - bins.get(bins.indexOf(label)).anchor();
            cost += distance * distance;
        }
        return cost;
    }

    private static KMeansBinning.Config config(int groups, Anchor anchor) {
        List<String> words =
                IntStream.range(0, groups).mapToObj(k -> "word " + k).toList();
        return new KMeansBinning.Config(words, anchor);
    }

    private Bins fit(double... labels) {
        return factory().create(config(), SCALE).fit(labels);
    }
}
