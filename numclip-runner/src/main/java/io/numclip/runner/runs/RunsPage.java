package io.numclip.runner.runs;

import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.SettingDifferences;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunFolder;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Spans;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Scrolled;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.DifferencesFigure;
import io.numclip.runner.report.DifferencesFigure.Difference;
import io.numclip.runner.report.ErrorSpan;
import io.numclip.runner.report.FigureText;
import io.numclip.runner.report.ProtocolNotes;
import io.numclip.runner.report.SettingsTable;
import io.numclip.runner.report.Table;
import java.util.ArrayList;
import java.util.List;

/** The page of several runs on the same test images: the first one, and each of the others beside it. */
final class RunsPage {

    private final List<FinishedRun> runs;
    private final List<String> names;
    private final String unit;
    private final List<Difference> differences;

    RunsPage(SameImages same) {
        this.runs = same.runs();
        this.names = names(runs);
        this.unit = runs.get(0).metrics().unit();
        this.differences = same.toTheFirst(names);
    }

    /** Names of their folders, or whole paths where two have the same. */
    private static List<String> names(List<FinishedRun> runs) {
        List<String> names =
                runs.stream().map(run -> RunFolder.name(run.folder().path())).toList();
        return names.stream().distinct().count() == names.size()
                ? names
                : runs.stream().map(run -> run.folder().path().toString()).toList();
    }

    String html() {
        List<Tag> lead = new ArrayList<>();
        lead.add(Tag.styled("p", "lead")
                .add(names.get(0) + " is off by " + FigureText.of(trained(0).mae()) + " " + unit + " on average."));
        differences.forEach(each -> lead.add(Tag.of("p", sentence(each))));
        lead.addAll(notes());
        String images = " runs on the same "
                + PlainText.counted(runs.get(0).predictions().size(), "test image");
        return new Page(runs.size() + images, "runs side by side")
                .lead(lead.toArray(Markup[]::new))
                .section("Errors", errors(), differences())
                .section("What differs in the settings", settings())
                .html();
    }

    private String sentence(Difference to) {
        boolean smaller = to.difference() <= 0;
        String by = " by " + FigureText.of(Math.abs(to.difference())) + " " + unit;
        String said = to.isSure()
                ? (smaller ? " is better: its error is smaller" : " is worse: its error is larger") + by
                : ": its error is " + (smaller ? "smaller" : "larger") + by + ", which may be chance";
        return to.name() + said + " (95 % interval of the difference: "
                + FigureText.of(to.interval().low()) + " to "
                + FigureText.of(to.interval().high()) + "; p " + to.pText() + ").";
    }

    private List<Tag> notes() {
        List<Tag> notes = new ArrayList<>();
        if (runs.stream().map(run -> run.metrics().dataHash()).distinct().count() > 1) {
            notes.add(Tag.styled("p", "warning")
                    .add("The images of the runs differ somewhere: in the training images, or in the content of images"
                            + " of the same name."));
        }
        runs.forEach(run -> notes.addAll(
                ProtocolNotes.html(run.metrics().notes(), run.metrics().leaks())));
        return notes;
    }

    private Tag settings() {
        Table differing = SettingsTable.of(
                names,
                SettingDifferences.of(runs.stream().map(FinishedRun::config).toList()));
        return differing.rows().isEmpty()
                ? Tag.of("p", "Nothing: all runs have the same configuration.")
                : Scrolled.of("Settings that differ", differing.html());
    }

    private Comparison.Row trained(int run) {
        return runs.get(run).metrics().comparison().trained();
    }

    private Tag errors() {
        List<Spans.Row> spans = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            Comparison.Row trained = trained(run);
            spans.add(ErrorSpan.of(names.get(run), trained.model(), trained, null, run == 0));
            rows.add(List.of(
                    names.get(run),
                    trained.model(),
                    FigureText.withInterval(trained, OrdinalMetric.MAE),
                    FigureText.withInterval(trained, OrdinalMetric.ACCURACY),
                    FigureText.of(trained, OrdinalMetric.SPEARMAN)));
        }
        double guess =
                runs.get(0).metrics().comparison().row(Comparison.CONSTANT).mae();
        double most = Math.max(
                guess, spans.stream().mapToDouble(Spans.Row::high).max().orElse(guess));
        return Figure.of(
                "Error of each run",
                "Mean absolute error with its 95 % interval. The broken line is a guess.",
                Tag.styled("div", "all")
                        .add(Spans.of(Axis.round("mean absolute error, " + unit, 0, most), guess, spans)),
                new Table(List.of("run", "method", "MAE", "accuracy", "Spearman"), rows).html());
    }

    private Tag differences() {
        return DifferencesFigure.of(
                names.get(0),
                "run",
                unit,
                "Error minus that of " + names.get(0) + ", image by image, with its 95 % interval; p of the sign-flip"
                        + " test, after Holm's correction. In colour: p below 0.05.",
                differences);
    }
}
