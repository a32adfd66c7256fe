package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "a\r\nb", "a\u000bb", "a\fb", "a\u0085b", "a\u2028b", "a\u2029b"})
    void whateverReadersTakeForALineBreakIsRefused(String name) {
        assertThatThrownBy(() -> OneLine.of("fold", name))
                .isInstanceOf(NumClipException.class)
                .hasMessageMatching("the name of the fold has a line break: a(\\\\u[0-9a-f]{4}){1,2}b");
    }

    @Test
    void otherNamesStayAsTheyAre() {
        assertThat(OneLine.of("fold", " two  blanks\tand # marks ")).isEqualTo(" two  blanks\tand # marks ");
    }
}
