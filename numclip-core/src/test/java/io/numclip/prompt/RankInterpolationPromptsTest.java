package io.numclip.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import io.numclip.data.NumberPrompt;
import io.numclip.golden.Golden;
import io.numclip.prompt.RankInterpolationPrompts.Interpolation;
import io.numclip.spi.NumberPrompts;
import io.numclip.testing.NumberPromptsContract;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RankInterpolationPromptsTest extends NumberPromptsContract<RankInterpolationPrompts.Config> {

    private static final Map<String, Interpolation> NAMES = Map.of(
            "linear", Interpolation.LINEAR,
            "inv_prop", Interpolation.INVERSE_PROPORTION,
            "normal", Interpolation.NORMAL);

    @Override
    protected RankInterpolationPrompts.Factory factory() {
        return new RankInterpolationPrompts.Factory();
    }

    static Stream<JsonNode> cases() {
        return StreamSupport.stream(
                Golden.json("rank-interpolation.json").get("cases").spliterator(), false);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void weightsAreThoseOfThePublishedCode(JsonNode golden) {
        NumberPrompts prompts = prompts(
                golden.get("base_ranks").asInt(),
                NAMES.get(golden.get("interpolation").asText()));
        double[][] weights = prompts.interpolation(ranks(golden.get("ranks").asInt()));
        JsonNode rows = golden.get("weights");
        assertThat(weights).hasNumberOfRows(rows.size());
        for (int rank = 0; rank < weights.length; rank++) {
            assertThat(weights[rank]).hasSize(rows.get(rank).size());
            for (int base = 0; base < weights[rank].length; base++) {
                // the golden figures have seven decimals
                assertThat(weights[rank][base])
                        .isCloseTo(rows.get(rank).get(base).asDouble(), within(2e-7));
            }
        }
    }

    @Test
    void baseRanksBeginAsTheWordsOfTheirBins() {
        assertThat(prompts(3, Interpolation.LINEAR).promptsFor(ranks(101)))
                .extracting(NumberPrompt::sentence)
                .containsExactly("the age is rank 0.", "the age is rank 50.", "the age is rank 100.");
        assertThat(prompts(1, Interpolation.LINEAR).promptsFor(ranks(7)))
                .extracting(NumberPrompt::concept)
                .containsExactly("rank 3");
    }

    @Test
    void normalWeightsFarFromEveryBaseRankStillSumToOne() {
        double[] weights = prompts(2, Interpolation.NORMAL).interpolation(ranks(1001))[400];
        assertThat(weights[0]).isCloseTo(1, within(1e-12));
        assertThat(weights[1]).isNotNegative();
    }

    @Test
    void moreBaseRanksThanBinsAreRefused() {
        assertThatThrownBy(() -> prompts(6, Interpolation.LINEAR).promptsFor(bins()))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("baseRanks is 6, but there are only 5 bins");
        assertThatIllegalArgumentException().isThrownBy(() -> prompts(0, Interpolation.LINEAR));
    }

    private NumberPrompts prompts(int baseRanks, Interpolation interpolation) {
        return factory().create(new RankInterpolationPrompts.Config("the age is", baseRanks, interpolation));
    }

    private static Bins ranks(int count) {
        return new Bins(IntStream.range(0, count)
                .mapToObj(rank -> new Bin("rank " + rank, rank, rank + 1, rank))
                .toList());
    }
}
