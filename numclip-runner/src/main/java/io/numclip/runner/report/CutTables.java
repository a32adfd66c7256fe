package io.numclip.runner.report;

import io.numclip.data.LabelScale;
import io.numclip.host.run.PlainText;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.CutReport;
import io.numclip.uncertainty.CutReport.Outcome;
import io.numclip.uncertainty.Share;
import io.numclip.uncertainty.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a cut finds and what it costs, on test images. */
final class CutTables {

    private static final String WARNING = "Warning: ";
    private static final String UNKNOWN = "undefined";

    private CutTables() {}

    /** For the terminal; ends with a line break. */
    static String text(CutReport report, LabelScale scale) {
        return TextLines.paragraph(lead(report, scale)) + "\n" + TextLines.paragraph(verdict(report)) + "\n"
                + table(report, scale).text();
    }

    /** What of the rule and the budget is a warning; empty if nothing is. */
    static String warnings(CutReport report, LabelScale scale) {
        return sentences(report, scale, true);
    }

    /** The rule and the budget, without {@link #warnings}. */
    static String remarks(CutReport report, LabelScale scale) {
        return sentences(report, scale, false);
    }

    private static String sentences(CutReport report, LabelScale scale, boolean warnings) {
        return Stream.of(lead(report, scale), verdict(report))
                .filter(sentence -> sentence.startsWith(WARNING) == warnings)
                .collect(Collectors.joining(" "));
    }

    /** The rule. */
    static String lead(CutReport report, LabelScale scale) {
        Cut cut = report.cut();
        Double threshold = cut.threshold();
        if (threshold == null) {
            return WARNING + cut.problem().orElse("") + ".";
        }
        return "Decision '" + cut.name() + "', to miss at most " + cut.budget() + ": images with a number "
                + (cut.side() == Side.BELOW ? "up to " : "from ") + PlainText.number(threshold, scale)
                + (cut.side() == Side.BELOW ? "" : " on") + " are treated as " + cut.name() + ", chosen on "
                + cut.images()
                + " calibration images " + cut.name() + ".";
    }

    /** Whether the budget is kept. */
    static String verdict(CutReport report) {
        Share recall = report.chosen().recall();
        if (recall == null) {
            return "No test image is " + report.cut().name() + ": nothing is known of what is missed.";
        }
        String missed = String.format(
                Locale.ROOT,
                "%d of the %d test images %s are missed (%.1f %%)",
                recall.images() - recall.count(),
                recall.images(),
                report.cut().name(),
                100 * (1 - recall.share()));
        if (recall.share() >= 1 - report.cut().missAtMost()) {
            return "The budget is kept: " + missed + ".";
        }
        String chance = String.format(Locale.ROOT, "chance allows as many with p = %.3f", report.chance());
        return report.kept()
                ? "The budget is kept as far as can be told: " + missed + "; " + chance + "."
                : WARNING + "the budget is not kept: " + missed + "; " + chance + ".";
    }

    static Table table(CutReport report, LabelScale scale) {
        Cut cut = report.cut();
        List<String> header = List.of(
                cut.name(),
                cut.side() == Side.BELOW ? "up to" : "from",
                "missed",
                "found",
                "others",
                "share of others");
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("as chosen", report.chosen(), scale));
        rows.add(row("numbers as they are", report.asItIs(), scale));
        Outcome hindsight = report.hindsight();
        if (hindsight != null) {
            rows.add(row("best in hindsight", hindsight, scale));
        }
        rows.add(List.of(
                "every image", "all", "0", "1.000", others(report.chosen().cost()), "1.000"));
        return new Table(header, rows);
    }

    private static String others(@Nullable Share cost) {
        return cost == null ? "0" : String.valueOf(cost.images());
    }

    private static List<String> row(String name, Outcome outcome, LabelScale scale) {
        Double threshold = outcome.threshold();
        Share recall = outcome.recall();
        Share cost = outcome.cost();
        return List.of(
                name,
                threshold == null ? "all" : PlainText.number(threshold, scale),
                recall == null ? UNKNOWN : String.valueOf(recall.images() - recall.count()),
                text(recall),
                cost == null ? UNKNOWN : String.valueOf(cost.count()),
                text(cost));
    }

    /** With its 95 % interval. */
    static String text(@Nullable Share share) {
        return share == null
                ? UNKNOWN
                : String.format(Locale.ROOT, "%.3f [%.3f, %.3f]", share.share(), share.low(), share.high());
    }
}
