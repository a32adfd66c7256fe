package io.numclip.runner.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.NumClipException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidatesTest {

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
        assertThatThrownBy(() -> Candidates.offered(BINS, List.of(), file(Map.of(), "a {} is a {}")))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("found two in 'a {} is a {}'");
    }

    @Test
    void withoutAFileNumbersAreOffered() {
        Candidates candidates = Candidates.offered(BINS, List.of(), WordsFile.defaults());
        assertThat(candidates.words())
                .containsExactly(
                        List.of("child", "zero to twelve", "0 to 12", "six", "6"),
                        List.of("adult", "thirteen to one hundred", "13 to 100", "forty", "40"));
        assertThat(candidates.templates()).containsExactly("{}");
    }

    private static WordsFile file(Map<String, List<String>> words, String... templates) {
        return new WordsFile(words, List.of(templates));
    }
}
