package io.numclip.uncertainty.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.golden.Golden;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against statsmodels and SciPy; see tools/golden/shares.py. */
class ShareTest {

    @Test
    void intervalsAreThoseOfStatsmodelsAndSciPy() {
        for (JsonNode each : Golden.json("shares.json")) {
            Share share = Share.of(
                    each.get("count").asInt(),
                    each.get("images").asInt(),
                    each.get("effective").asDouble());
            assertThat(share.low())
                    .as(each.toString())
                    .isCloseTo(each.get("low").asDouble(), within(1e-7));
            assertThat(share.high())
                    .as(each.toString())
                    .isCloseTo(each.get("high").asDouble(), within(1e-7));
        }
    }

    @Test
    void imagesOfOnePersonCountForLess() {
        boolean[] has = {true, true, true, true, false, false, true, true};
        Share alone = Share.of(has, people(8));
        Share pairs = Share.of(has, List.of("a", "a", "b", "b", "c", "c", "d", "d"));
        assertThat(alone).isEqualTo(Share.of(6, 8, 8));
        assertThat(pairs).isEqualTo(Share.of(6, 8, 4));
    }

    @Test
    void thatNoneIsMissedSaysNoMoreThanTheNumberOfPeople() {
        boolean[] has = {true, true, true, true, true, true};
        assertThat(Share.of(has, Collections.nCopies(6, "a"))).isEqualTo(Share.of(6, 6, 1));
        assertThat(Share.of(has, people(6))).isEqualTo(Share.of(6, 6, 6));
    }

    private static List<String> people(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }
}
