package io.numclip.runner.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words that come with the program, asked for words that users write. */
class VocabularyTest {

    @TempDir
    Path folder;

    private Vocabulary vocabulary;

    @BeforeEach
    void read() throws IOException {
        vocabulary = new WordsReader(TestingCatalog.create(folder)).vocabulary();
    }

    @Test
    void agesOfPeopleGetOtherAges() {
        List<List<String>> others = vocabulary.others(List.of("a baby", "a child", "an adult", "an old person"));
        assertThat(others.get(0)).containsExactly("an infant", "a newborn", "a little baby");
        assertThat(others.get(1)).contains("a kid", "a young child");
        assertThat(others.get(2)).contains("a grown-up", "a middle aged person");
        assertThat(others.get(3)).contains("an elderly person", "a senior", "an older adult");
    }

    @Test
    void aWordIsChangedWithinItsPhrase() {
        List<List<String>> others = vocabulary.others(List.of("no clouds", "a few clouds", "many clouds", "fog"));
        assertThat(others.get(0)).containsExactly("not any clouds");
        assertThat(others.get(1)).contains("some clouds", "not many clouds");
        assertThat(others.get(2)).contains("lots of clouds");
        assertThat(others.get(3)).isEmpty();
    }

    @Test
    void theDescendingOrderIsOneToo() {
        assertThat(vocabulary.others(List.of("Hot", "warm", "cold")))
                .containsExactly(List.of("very warm"), List.of("mild"), List.of("chilly"));
    }

    /** Of two kinds, in no order, and known to nobody. */
    @ParameterizedTest
    @ValueSource(strings = {"small, bad", "small, huge, tiny", "gizmo, widget", "tiny, widget"})
    void nothingIsProposedForWordsThatDoNotFit(String words) {
        List<String> concepts = List.of(words.split(", "));
        assertThat(vocabulary.others(concepts)).allMatch(List::isEmpty).hasSameSizeAs(concepts);
    }

    @Test
    void twoConceptsOfOneGroupKeepTheirWords() {
        List<List<String>> others = vocabulary.others(List.of("an infant", "a baby", "a child", "an adult"));
        assertThat(others.subList(0, 2)).containsExactly(List.of(), List.of());
        assertThat(others.get(2)).contains("a kid");
    }

    @Test
    void everyLadderOfInitHasOtherWords() {
        assertThat(vocabulary.others(List.of("very low", "low", "medium", "high", "very high")))
                .noneMatch(List::isEmpty);
    }

    @Test
    void aWordIsInOneGroupOfItsKindAndNoneIsANumber() {
        for (Map.Entry<String, Map<String, List<String>>> kind :
                vocabulary.kinds().entrySet()) {
            Set<String> all = new TreeSet<>();
            for (List<String> group : Vocabulary.WordKind.of(kind.getValue()).groups()) {
                assertThat(group)
                        .as(kind.getKey())
                        .allMatch(all::add)
                        .noneMatch(NumberNames::isNumber)
                        .hasSizeGreaterThan(1);
            }
        }
    }
}
