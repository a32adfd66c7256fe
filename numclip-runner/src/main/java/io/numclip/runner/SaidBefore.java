package io.numclip.runner;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Leaves out a message that was said in the same words within the last ten minutes: a command may read a folder several times.
 */
final class SaidBefore extends Filter<ILoggingEvent> {

    private static final long PAUSE = 600_000; // milliseconds
    private static final int MOST = 100;

    private final Map<String, Long> times = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    @Override
    public synchronized FilterReply decide(ILoggingEvent event) {
        Long before = times.get(event.getFormattedMessage());
        if (before != null && event.getTimeStamp() - before < PAUSE) {
            return FilterReply.DENY;
        }
        times.put(event.getFormattedMessage(), event.getTimeStamp());
        return FilterReply.NEUTRAL;
    }
}
