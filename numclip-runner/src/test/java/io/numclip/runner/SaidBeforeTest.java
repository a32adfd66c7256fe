package io.numclip.runner;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class SaidBeforeTest {

    private final SaidBefore filter = new SaidBefore();

    @Test
    void theSameWordsAreLeftOutForTenMinutes() {
        assertThat(said("a file was left out", 0)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(said("another file was left out", 1)).isEqualTo(FilterReply.NEUTRAL);
        assertThat(said("a file was left out", 599_999)).isEqualTo(FilterReply.DENY);
        assertThat(said("a file was left out", 600_000)).isEqualTo(FilterReply.NEUTRAL);
    }

    @Test
    void ofVeryManyTheOldestIsForgotten() {
        for (int i = 0; i <= 100; i++) {
            assertThat(said("warning " + i, i)).isEqualTo(FilterReply.NEUTRAL);
        }
        assertThat(said("warning 1", 200)).isEqualTo(FilterReply.DENY);
        assertThat(said("warning 0", 200)).isEqualTo(FilterReply.NEUTRAL);
    }

    private FilterReply said(String message, long time) {
        LoggingEvent event = new LoggingEvent();
        event.setMessage(message);
        event.setTimeStamp(time);
        return filter.decide(event);
    }
}
