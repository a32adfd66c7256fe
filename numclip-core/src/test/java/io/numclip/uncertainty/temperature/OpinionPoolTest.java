package io.numclip.uncertainty.temperature;

import static io.numclip.golden.GoldenFigures.doubles;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Against scipy.optimize; see tools/golden/uncertainty.py. */
class OpinionPoolTest {

    private static final int CONCEPTS = 4;

    @Test
    void parametersAreThoseOfSciPy() {
        JsonNode golden = Golden.json("uncertainty.json").get("pool_of_shaping");
        int[] bins = StreamSupport.stream(golden.get("bins").spliterator(), false)
                .mapToInt(JsonNode::asInt)
                .toArray();
        OpinionPool pool = OpinionPool.fit(rows(golden.get("by_errors")), rows(golden.get("by_words")), bins);
        double[] expected = doubles(golden.get("pool"));
        assertThat(pool.errors()).isCloseTo(expected[0], within(1e-5)).isPositive();
        assertThat(pool.words()).isCloseTo(expected[1], within(1e-5)).isPositive();
        for (int k = 0; k < pool.concepts().size(); k++) {
            assertThat(pool.concepts().get(k)).isCloseTo(expected[k + 2], within(1e-5));
        }
    }

    @Test
    void whoKnowsTheLabelsHasThePower() {
        Random random = new Random(1);
        double[][] known = chances(2000, random);
        double[][] unknown = chances(2000, random);
        int[] labels = drawn(known, random);
        OpinionPool words = OpinionPool.kept(unknown, known, labels).orElseThrow();
        assertThat(words.words()).isCloseTo(1, within(0.1));
        assertThat(words.errors()).isCloseTo(0, within(0.1));
        OpinionPool errors = OpinionPool.fit(known, unknown, labels);
        assertThat(errors.errors()).isCloseTo(1, within(0.1));
        assertThat(errors.words()).isCloseTo(0, within(0.1));
    }

    /** Errors that are right already are not mended by noise: what few images propose is not believed. */
    @Test
    void aPoolThatOtherImagesContradictIsNotKept() {
        int kept = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            double[][] known = chances(30, random);
            double[][] noise = chances(30, random);
            kept += OpinionPool.kept(known, noise, drawn(known, random)).isPresent() ? 1 : 0;
        }
        assertThat(kept).isLessThan(12);
        assertThat(OpinionPool.kept(new double[4][2], new double[4][2], new int[4]))
                .isEmpty();
    }

    @Test
    void aConceptThatIsNeverThereIsNotRuledOut() {
        double[][] sure = new double[50][];
        Arrays.setAll(sure, n -> new double[] {1, 0});
        double[] pooled = OpinionPool.fit(sure, sure, new int[50]).apply(sure[0], sure[0]);
        assertThat(pooled[0] + pooled[1]).isCloseTo(1, within(1e-12));
        assertThat(pooled[1]).isBetween(1e-9, 1e-2);
    }

    private static double[][] rows(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> doubles(row))
                .toArray(double[][]::new);
    }

    private static double[][] chances(int images, Random random) {
        double[][] chances = new double[images][];
        Arrays.setAll(chances, n -> {
            double[] shares =
                    random.doubles(CONCEPTS, 0.01, 1).map(x -> x * x * x).toArray();
            double sum = Arrays.stream(shares).sum();
            return Arrays.stream(shares).map(share -> share / sum).toArray();
        });
        return chances;
    }

    private static int[] drawn(double[][] chances, Random random) {
        return Arrays.stream(chances)
                .mapToInt(row -> {
                    double left = random.nextDouble();
                    int k = 0;
                    while (k < row.length - 1 && left >= row[k]) {
                        left -= row[k++];
                    }
                    return k;
                })
                .toArray();
    }
}
