package io.numclip.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DurationsTest {

    @Test
    void aDurationIsRounded() {
        assertThat(Durations.words(12.4)).isEqualTo("12 s");
        assertThat(Durations.words(300)).isEqualTo("5 min");
        assertThat(Durations.words(9_000)).isEqualTo("2.5 h");
    }
}
