package io.numclip.runner.report;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.host.files.FinishedRun;
import io.numclip.host.message.PlainText;
import io.numclip.runner.page.Tag;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.Side;
import io.numclip.uncertainty.coverage.CutReport;
import io.numclip.uncertainty.coverage.CutReport.Outcome;
import io.numclip.uncertainty.coverage.Share;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a cut finds and what it costs, on test images: in words, as a table and as a chart. */
final class CutTables {

    private static final String WARNING = "Warning: ";
    private static final String UNKNOWN = "undefined";
    private static final String THRESHOLD = "threshold";
    private static final String SHARE = "share";
    private static final int POINTS = 100;

    private CutTables() {}

    /** The text for the terminal; it ends with a line break. */
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
        Share cost = report.chosen().cost();
        Table table = new Table(
                cut.name(),
                cut.side() == Side.BELOW ? "up to" : "from",
                "missed",
                "found",
                "others",
                "share of others");
        add(table, "as chosen", report.chosen(), scale);
        add(table, "numbers as they are", report.asItIs(), scale);
        Outcome hindsight = report.hindsight();
        if (hindsight != null) {
            add(table, "best in hindsight", hindsight, scale);
        }
        return table.row("every image", "all", 0, "1.000", cost == null ? 0 : cost.images(), "1.000");
    }

    private static void add(Table table, String name, Outcome outcome, LabelScale scale) {
        Double threshold = outcome.threshold();
        Share recall = outcome.recall();
        Share cost = outcome.cost();
        table.row(
                name,
                threshold == null ? "all" : PlainText.number(threshold, scale),
                recall == null ? UNKNOWN : recall.images() - recall.count(),
                Measure.of(recall),
                cost == null ? UNKNOWN : cost.count(),
                Measure.of(cost));
    }

    /** How many images of either side a threshold takes, for every threshold, with the one that was chosen. */
    static Tag figure(CutReport report, FinishedRun run) {
        Cut cut = report.cut();
        LabelScale scale = run.model().scale();
        Table ours = swept(cut, run, image -> cut.holds(image.label()));
        Table others = swept(cut, run, image -> !cut.holds(image.label()));
        double[] values = run.predictions().values();
        Axis across = Axis.exact(
                "threshold for the number, " + run.metrics().unit(),
                Arrays.stream(values).min().orElse(0),
                Arrays.stream(values).max().orElse(1));
        Axis up = Axis.exact("share treated as " + cut.name(), 0, 1);
        Chart chart = new Chart(across, up)
                .line("whisker", ours, THRESHOLD, SHARE)
                .line("whisker warm", others, THRESHOLD, SHARE);
        Figure figure = new Figure(
                        "Treated as " + cut.name(), remarks(report, scale), table(report, scale), List.of("as chosen"))
                .key("", "images " + cut.name() + ": the share that is found")
                .key("warm", "other images: the share that is treated so too");
        Double threshold = cut.threshold();
        if (threshold != null) {
            figure.key("dash", "the threshold, chosen on calibration images");
            chart.rule(threshold);
        }
        return figure.chart(chart.draw("Share of the images treated as " + cut.name() + ", over the threshold."))
                .html();
    }

    private static Table swept(Cut cut, FinishedRun run, Predicate<LabeledImage> some) {
        double[] ascending = run.predictions().where(some).values();
        Arrays.sort(ascending);
        Table swept = new Table(THRESHOLD, "images", SHARE);
        int steps = ascending.length == 0 ? -1 : POINTS;
        for (int step = 0; step <= steps; step++) {
            int place = (int) Math.round((double) step / steps * (ascending.length - 1));
            int taken = cut.side() == Side.BELOW ? place + 1 : ascending.length - place;
            swept.row(
                    Measure.of(
                            ascending[place],
                            PlainText.number(ascending[place], run.model().scale())),
                    taken + " of " + ascending.length,
                    Measure.of((double) taken / ascending.length));
        }
        return swept;
    }
}
