package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.numclip.data.NumClipException;
import io.numclip.host.propose.StarterBins.StarterBin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnWordsTest {

    @Test
    void wordsWithNumbersAreATask() {
        assertThat(OwnWords.task("unripe=0, half = ripe=4.5 ,overripe=8", "days"))
                .isEqualTo("task: {type: generic, minimum: 0.0, maximum: 8.0, unit: days}\n"
                        + "binning: {type: concepts, concepts: [{concept: unripe, at: 0.0},"
                        + " {concept: \"half = ripe\", at: 4.5}, {concept: overripe, at: 8.0}]}\n");
    }

    @Test
    void forInitAWordEndsHalfWayToTheNextNumber() {
        Vocabulary own = Vocabulary.of("points", 0, 9).with("calm=0,choppy=4,rough=9");
        assertThat(StarterBins.of(own, 0, 1, 3, 5, 8, 9).bins())
                .containsExactly(
                        new StarterBin("calm", 2.0, 2),
                        new StarterBin("choppy", 6.5, 2),
                        new StarterBin("rough", null, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ripe=4                | one word",
                "ripe                  | no number of 'ripe'",
                "unripe=0, ripe        | no number of 'ripe'",
                "unripe=0, ripe<4      | no number of 'ripe'",
                "unripe=0, ripe=four   | no number in word 2",
                "unripe=0, ripe=NaN    | no number in word 2",
                "unripe=0, =4          | no number in word 2",
                "unripe=0,             | no number in word 2",
                "unripe=0, ripe=0      | 'ripe' at 0 behind one at 0",
                "unripe=4, ripe=-1.5   | 'ripe' at -1.5 behind one at 4",
                "ripe=0, ripe=4        | 'ripe' twice"
            })
    void wordsThatAreNoScaleAreRefused(String words, String found) {
        assertThatExceptionOfType(NumClipException.class)
                .isThrownBy(() -> OwnWords.task(words, "days"))
                .withMessage("--words: expected two words or more, each with the number that it stands for, the numbers"
                        + " rising; found " + found)
                .satisfies(refusal -> assertThat(refusal.fix()).contains("unripe=0, ripe=4, overripe=8"));
    }
}
