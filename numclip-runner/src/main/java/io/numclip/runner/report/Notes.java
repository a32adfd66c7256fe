package io.numclip.runner.report;

import io.numclip.host.config.Protocol;
import io.numclip.host.result.Finding;
import io.numclip.protocol.Leak;
import io.numclip.runner.page.Tag;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a reader of figures must know: the verdict on a run, and what is particular about the images behind it. */
public final class Notes {

    private Notes() {}

    /** A paragraph for each finding; what is wrong begins with an exclamation mark. */
    public static String text(List<Finding> verdict) {
        return verdict.stream()
                .map(finding -> TextLines.hanging(mark(finding.judgement()), "  ", finding.sentence()) + "\n")
                .collect(Collectors.joining());
    }

    private static String mark(Finding.Judgement judgement) {
        return switch (judgement) {
            case GOOD -> "+ ";
            case OPEN -> "- ";
            case BAD -> "! ";
        };
    }

    static Tag list(List<Finding> verdict) {
        return Tag.styled("ul", "verdict")
                .add(verdict.stream()
                        .map(finding -> Tag.styled(
                                "li", finding.judgement().name().toLowerCase(Locale.ROOT), finding.sentence()))
                        .toList());
    }

    /** A line for each note; empty if there is none. */
    public static String text(Protocol protocol) {
        return protocol.notes().stream().map(note -> note + "\n").collect(Collectors.joining());
    }

    /** A warning for each note. */
    public static List<Tag> warnings(List<String> notes, List<Leak> leaks) {
        return Stream.concat(notes.stream(), leaks.stream().map(leak -> "leak: " + leak.sentence()))
                .map(note -> Tag.styled("p", "warning", note))
                .toList();
    }
}
