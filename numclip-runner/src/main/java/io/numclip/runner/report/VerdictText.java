package io.numclip.runner.report;

import io.numclip.host.run.Finding;
import io.numclip.runner.page.Tag;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The verdict on a run, for the terminal and for its page. */
public final class VerdictText {

    private VerdictText() {}

    /** A paragraph for each finding; what is wrong begins with an exclamation mark. */
    public static String text(List<Finding> verdict) {
        return verdict.stream()
                .map(finding -> TextLines.hanging(mark(finding.judgement()), "  ", finding.sentence()) + "\n")
                .collect(Collectors.joining());
    }

    static Tag list(List<Finding> verdict) {
        return Tag.styled("ul", "verdict")
                .add(verdict.stream()
                        .map(finding -> Tag.styled(
                                        "li", finding.judgement().name().toLowerCase(Locale.ROOT))
                                .add(finding.sentence()))
                        .toList());
    }

    private static String mark(Finding.Judgement judgement) {
        return switch (judgement) {
            case GOOD -> "+ ";
            case OPEN -> "- ";
            case BAD -> "! ";
        };
    }
}
