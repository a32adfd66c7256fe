package io.numclip.runner.report;

import io.numclip.host.config.Protocol;
import io.numclip.protocol.Leak;
import io.numclip.runner.page.Tag;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader of figures must know about the images behind them. */
public final class ProtocolNotes {

    private ProtocolNotes() {}

    private static List<String> of(List<String> notes, List<Leak> leaks) {
        return Stream.concat(notes.stream(), leaks.stream().map(leak -> "leak: " + leak.sentence()))
                .toList();
    }

    /** A line for each note; empty if there is none. */
    public static String text(Protocol protocol, List<Leak> leaks) {
        return of(protocol.notes(), leaks).stream().map(note -> note + "\n").collect(Collectors.joining());
    }

    /** A warning for each note. */
    public static List<Tag> html(List<String> notes, List<Leak> leaks) {
        return of(notes, leaks).stream()
                .map(note -> Tag.styled("p", "warning").add(note))
                .toList();
    }
}
