package io.numclip.runner.report;

import io.numclip.host.config.Protocol;
import io.numclip.protocol.Leak;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader of figures must know about the images behind them. */
public final class ProtocolNotes {

    private ProtocolNotes() {}

    static List<String> of(Protocol protocol, List<Leak> leaks) {
        return Stream.concat(protocol.notes().stream(), leaks.stream().map(leak -> "leak: " + leak.sentence()))
                .toList();
    }

    /** A line for each note; empty if there is none. */
    public static String text(Protocol protocol, List<Leak> leaks) {
        return of(protocol, leaks).stream().map(note -> note + "\n").collect(Collectors.joining());
    }

    public static String html(Protocol protocol, List<Leak> leaks) {
        return of(protocol, leaks).stream().map(Html::paragraph).collect(Collectors.joining());
    }
}
