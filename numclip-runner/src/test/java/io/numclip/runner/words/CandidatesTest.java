package io.numclip.runner.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CandidatesTest {

    private static final Vocabulary NO_WORDS = new Vocabulary(Map.of(), List.of());

    private static final Bins BINS = new Bins(List.of(new Bin("child", 0, 13, 6), new Bin("adult", 13, 100, 40)));

    @Test
    void theRecipesWordsAndTemplatesComeFirst() {
        Candidates candidates = Candidates.of(
                BINS,
                List.of("the person is a {}"),
                file(
                        Map.of("child", List.of("kid", "child"), "adult", List.of("grown-up")),
                        "a {}",
                        "the person is a"));
        assertThat(candidates.words()).containsExactly(List.of("child", "kid"), List.of("adult", "grown-up"));
        assertThat(candidates.templates()).containsExactly("the person is a {}", "a {}");
    }

    @Test
    void aBinWithoutCandidatesIsNamed() {
        assertThatThrownBy(() -> Candidates.of(BINS, List.of(), file(Map.of("child", List.of("kid")))))
                .isInstanceOf(NumClipException.class)
                .hasMessage("there are no candidates for the bin 'adult'");
    }

    @Test
    void aBinThatIsNotThereIsNamedWithTheNearest() {
        assertThatThrownBy(() -> Candidates.of(BINS, List.of(), file(Map.of("chld", List.of("kid")))))
                .isInstanceOf(NumClipException.class)
                .hasMessage("words: there is no bin 'chld'. Did you mean \"child\"?");
    }

    @Test
    void aWordForTwoBinsIsRefused() {
        WordsFile file = file(Map.of("child", List.of("person"), "adult", List.of("person")));
        assertThatThrownBy(() -> Candidates.of(BINS, List.of(), file))
                .isInstanceOf(NumClipException.class)
                .hasMessage("'person' is a candidate for 'child' and for 'adult'");
    }

    @Test
    void anEmptyListIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> file(Map.of("child", List.of())))
                .withMessageContaining("words needs at least one word for 'child'");
    }

    @Test
    void aTemplateWithTwoPlacesIsRefused() {
        assertThatThrownBy(() -> Candidates.offered(BINS, List.of(), file(Map.of(), "a {} is a {}"), NO_WORDS))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("found two in 'a {} is a {}'");
    }

    @Test
    void binsThatAreNamedByNumbersAreOfferedTheirNumbers() {
        Bins numbers = new Bins(List.of(new Bin("zero to twelve", 0, 13, 6), new Bin("forty", 13, 100, 40)));
        Candidates candidates = Candidates.offered(numbers, List.of(), WordsFile.defaults(), NO_WORDS);
        assertThat(candidates.words())
                .containsExactly(
                        List.of("zero to twelve", "0 to 12", "six", "6"),
                        List.of("forty", "thirteen to one hundred", "13 to 100", "40"));
        assertThat(candidates.templates()).containsExactly("{}");
        assertThat(candidates.withoutOthers()).isEmpty();
    }

    @Test
    void numbersAreNeverOfferedBesideOtherWords() {
        Bins mixed = new Bins(List.of(new Bin("one", 0, 13, 6), new Bin("an old person", 13, 100, 40)));
        Candidates candidates = Candidates.offered(mixed, List.of(), WordsFile.defaults(), NO_WORDS);
        assertThat(candidates.words()).containsExactly(List.of("one"), List.of("an old person"));
        assertThat(candidates.withoutOthers()).containsExactly("one", "an old person");
    }

    @Test
    void wordsOfTheTasksOwnFileGoFirst() {
        Vocabulary vocabulary = new Vocabulary(
                Map.of("age", new TreeMap<>(Map.of("child", List.of("youngster"), "adult", List.of("parent")))),
                List.of("this is {}"));
        Candidates candidates = Candidates.offered(BINS, List.of(), file(Map.of("child", List.of("kid"))), vocabulary);
        assertThat(candidates.words()).containsExactly(List.of("child", "kid"), List.of("adult", "parent"));
        assertThat(candidates.templates()).containsExactly("this is {}");
    }

    private static WordsFile file(Map<String, List<String>> words, String... templates) {
        return new WordsFile(words, List.of(templates));
    }
}
