package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.host.propose.StarterBins.StarterBin;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {

    @Test
    void agesHaveTheirWords() {
        assertThat(words("years", 0, 90))
                .containsExactly(
                        "a baby", "a child", "a teenager", "a young adult", "a middle aged person", "an old person");
        assertThat(words("age", 14, 40)).containsExactly("a teenager", "a young adult", "a middle aged person");
        assertThat(Vocabulary.of("years", 0, 90).context()).isEqualTo("a picture of");
    }

    @Test
    void yearsOfTheCalendarAreDecades() {
        assertThat(words("years", 1938, 1961))
                .containsExactly("nineteen thirties", "nineteen forties", "nineteen fifties", "nineteen sixties");
        assertThat(words("years", 1899, 1902)).containsExactly("eighteen nineties", "nineteen hundreds");
        assertThat(words("years", 1500, 1999)).as("too many").hasSize(5).startsWith("very low");
    }

    @Test
    void countsAreOfThings() {
        assertThat(words("dots", 0, 8)).startsWith("no dots", "one dots").endsWith("eight dots");
        assertThat(words("people", 0, 99))
                .containsExactly(
                        "no people",
                        "one or two people",
                        "a few people",
                        "several people",
                        "many people",
                        "very many people");
    }

    @Test
    void numbersAreSpeltOutWhereThePictureShowsThem() {
        assertThat(words("digits", 0, 3)).containsExactly("zero", "one", "two", "three");
        assertThat(words("points", 0, 3)).containsExactly("very low", "low", "high", "very high");
        assertThat(Vocabulary.of("points", 0, 3).isPoor()).isTrue();
    }

    @Test
    void gradesAndSharesAreSpread() {
        assertThat(words("stars", 1, 5)).containsExactly("bad", "poor", "fair", "good", "excellent");
        assertThat(words("percent", 0, 100))
                .containsExactly("empty", "a quarter full", "half full", "three quarters full", "full");
    }

    @Test
    void aLadderIsTheSameFromBothEnds() {
        for (int count = 2; count <= Vocabulary.LONGEST_LADDER; count++) {
            List<String> ladder = Vocabulary.ladder(count);
            assertThat(ladder).hasSize(count).doesNotHaveDuplicates();
            for (int i = 0; i < count / 2; i++) {
                assertThat(ladder.get(count - 1 - i)).isEqualTo(ladder.get(i).replace("low", "high"));
            }
        }
    }

    @Test
    void aUserMaySayTheWords() {
        Vocabulary own = Vocabulary.of("points", 0, 9).with("calm, choppy ,rough");
        assertThat(StarterBins.of(own, range(0, 9)).bins())
                .extracting(StarterBin::concept)
                .containsExactly("calm", "choppy", "rough");
        assertThat(StarterBins.of(own.with("calm<2,choppy<6.5,rough"), range(0, 9))
                        .bins())
                .containsExactly(
                        new StarterBin("calm", 2.0, 2),
                        new StarterBin("choppy", 6.5, 5),
                        new StarterBin("rough", null, 3));
        assertThat(StarterBins.of(own.with("a,b,c"), 1, 5, 7).bins())
                .as("one for each number")
                .containsExactly(
                        new StarterBin("a", 3.0, 1), new StarterBin("b", 6.0, 1), new StarterBin("c", null, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"calm", "calm,", "calm<3,choppy<2,rough", "calm<3,choppy,rough", "a,b<2", "a<x,b"})
    void wordsThatCannotBeUsedAreRefused(String words) {
        assertThatThrownBy(() -> Vocabulary.of("points", 0, 9).with(words))
                .hasMessageContaining("--words: expected two words or more, lowest first");
    }

    @Test
    void moreWordsThanTheNumbersHavePartsAreRefused() {
        Vocabulary own = Vocabulary.of("points", 0, 1).with("a,b,c,d");
        assertThatThrownBy(() -> StarterBins.of(own, 0, 0, 0.5, 1, 1))
                .hasMessageContaining("--words: 4 words, but the numbers fall into");
    }

    private static List<String> words(String unit, int lowest, int highest) {
        double[] labels = range(lowest, highest);
        return StarterBins.of(Vocabulary.of(unit, labels), labels).bins().stream()
                .map(StarterBin::concept)
                .toList();
    }

    private static double[] range(int lowest, int highest) {
        return IntStream.rangeClosed(lowest, highest).asDoubleStream().toArray();
    }
}
