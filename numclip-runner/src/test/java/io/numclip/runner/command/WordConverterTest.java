package io.numclip.runner.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.uncertainty.IntervalForm;
import org.junit.jupiter.api.Test;

class WordConverterTest {

    private final WordConverter<IntervalForm> words = new WordConverter<>(IntervalForm.class);

    @Test
    void wordsAndNamesAreFoundInSmallLettersAndCapitals() {
        assertThat(words.convert("per-bin")).isEqualTo(IntervalForm.PER_BIN);
        assertThat(words.convert("Per_Bin")).isEqualTo(IntervalForm.PER_BIN);
        assertThat(words.convert("CQR")).isEqualTo(IntervalForm.CQR);
    }

    @Test
    void anotherWordIsToldTheKnownOnesOnceEach() {
        assertThatThrownBy(() -> words.convert("foo"))
                .hasMessage("expected one of plain, normalised, per-bin, group, weighted, cqr; found 'foo'");
    }
}
