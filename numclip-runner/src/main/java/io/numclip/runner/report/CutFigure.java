package io.numclip.runner.report;

import io.numclip.data.LabeledImage;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Sweep;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.CutReport;
import io.numclip.uncertainty.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** How many images of either side a threshold takes, for every threshold, with the one that was chosen. */
final class CutFigure {

    private static final int POINTS = 100;

    private CutFigure() {}

    static Tag of(CutReport report, FinishedRun run) {
        Cut cut = report.cut();
        return Figure.of(
                "Treated as " + cut.name(),
                CutTables.remarks(report, run.model().scale()),
                Tag.of("div").add(key(cut), chart(cut, run)),
                CutTables.table(report, run.model().scale()).html("as chosen"));
    }

    private static Tag key(Cut cut) {
        List<Tag> entries = new ArrayList<>(List.of(
                Keys.entry("", "images " + cut.name() + ": the share that is found"),
                Keys.entry("warm", "other images: the share that is treated so too")));
        if (cut.threshold() != null) {
            entries.add(Keys.entry("dash", "the threshold, chosen on calibration images"));
        }
        return Keys.of(entries.toArray(Tag[]::new));
    }

    private static Tag chart(Cut cut, FinishedRun run) {
        double[] values = run.predictions().values();
        return Sweep.of(
                "Share of the images treated as " + cut.name() + ", over the threshold.",
                Axis.exact(
                        "threshold for the number, " + run.metrics().unit(),
                        Arrays.stream(values).min().orElse(0),
                        Arrays.stream(values).max().orElse(1)),
                Axis.exact("share treated as " + cut.name(), 0, 1),
                List.of(
                        line("", cut, run, image -> cut.holds(image.label())),
                        line("warm", cut, run, image -> !cut.holds(image.label()))),
                cut.threshold());
    }

    private static Sweep.Line line(String style, Cut cut, FinishedRun run, Predicate<LabeledImage> some) {
        double[] ascending = run.predictions().where(some).values();
        Arrays.sort(ascending);
        List<Sweep.Point> points = new ArrayList<>();
        int steps = ascending.length == 0 ? 0 : POINTS;
        for (int step = 0; step <= steps && ascending.length > 0; step++) {
            int place = (int) Math.round((double) step / steps * (ascending.length - 1));
            int taken = cut.side() == Side.BELOW ? place + 1 : ascending.length - place;
            points.add(new Sweep.Point(
                    ascending[place],
                    (double) taken / ascending.length,
                    PlainText.number(ascending[place], run.model().scale()) + ": " + taken + " of "
                            + ascending.length));
        }
        return new Sweep.Line(style, points);
    }
}
