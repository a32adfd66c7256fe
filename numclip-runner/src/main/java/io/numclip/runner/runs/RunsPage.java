package io.numclip.runner.runs;

import io.numclip.evaluation.Holm;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.config.SettingDifferences;
import io.numclip.host.files.FinishedRun;
import io.numclip.host.files.RunPair;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunFolder;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.DifferencesTable;
import io.numclip.runner.report.Figure;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.RowChart;
import io.numclip.runner.report.RunsFigures;
import io.numclip.runner.report.RunsFigures.ErrorDifference;
import io.numclip.runner.report.Table;
import io.numclip.runner.report.TextLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The page of several runs on the same test images: the first one, and each of the others beside it. */
final class RunsPage {

    private final List<FinishedRun> runs;
    private final List<String> names;
    private final String unit;
    private final List<RunPair> pairs;
    private final List<ErrorDifference> differences;

    /** @throws io.numclip.data.NumClipException if the first has too few images in common with another, or other labels */
    RunsPage(List<FinishedRun> runs) {
        this.runs = runs;
        this.names = names(runs);
        this.unit = runs.get(0).metrics().unit();
        this.pairs = runs.stream()
                .skip(1)
                .map(other -> RunPair.of(other, runs.get(0)))
                .toList();
        double[] p = Holm.corrected(pairs.stream()
                .mapToDouble(pair -> pair.absoluteError().pValue())
                .toArray());
        this.differences = IntStream.range(0, p.length)
                .mapToObj(
                        i -> new ErrorDifference(names.get(i + 1), pairs.get(i).absoluteError(), p[i]))
                .toList();
    }

    /** The text for the terminal: each of the others beside the first. It ends with a line break. */
    String text() {
        Table table = new Table("run", "metric", "its figure", names.get(0), "difference", "p");
        for (int i = 0; i < pairs.size(); i++) {
            add(table, names.get(i + 1), OrdinalMetric.MAE, pairs.get(i).absoluteError());
            if (pairs.get(i).sameBins()) {
                add(
                        table,
                        names.get(i + 1),
                        OrdinalMetric.ACCURACY,
                        pairs.get(i).hits());
            }
        }
        return table.text()
                + TextLines.paragraph("MAE in " + unit + ". Difference: the run minus " + names.get(0)
                        + ", with its 95 % bootstrap interval; p of the paired sign-flip test; both by cluster.")
                + "\n"
                + unlike().stream()
                        .map(note -> TextLines.paragraph("warning: " + note) + "\n")
                        .collect(Collectors.joining());
    }

    private static void add(Table table, String name, OrdinalMetric metric, PairedComparison paired) {
        table.row(
                name,
                metric.title(),
                Measure.of(paired.first()),
                Measure.of(paired.second()),
                Measure.of(paired.difference(), paired.interval()),
                String.format(Locale.ROOT, "%.4f", paired.pValue()));
    }

    /** The ways in which the runs were not tested on the same, in sentences. */
    private List<String> unlike() {
        List<String> unlike = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            RunPair pair = pairs.get(i);
            String both = names.get(i + 1) + " and " + names.get(0);
            if (pair.left() > 0) {
                unlike.add(both + " are compared on the " + PlainText.counted(pair.images(), "test image")
                        + " that both have; " + pair.left() + " that only one has are left out.");
            }
            if (!pair.sameBins()) {
                unlike.add(both + " have different bins: their accuracies cannot be compared.");
            }
        }
        if (runs.stream().map(run -> run.metrics().dataHash()).distinct().count() > 1) {
            unlike.add("The images of the runs differ somewhere: in the training images, or in the content of images of"
                    + " the same name.");
        }
        return unlike;
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
        boolean same = pairs.stream().allMatch(pair -> pair.left() == 0);
        String images = (same ? " runs on the same " : " runs, the first on ")
                + PlainText.counted(runs.get(0).predictions().size(), "test image");
        Page page = new Page(runs.size() + images, "runs side by side")
                .lead(Tag.styled(
                        "p",
                        "lead",
                        names.get(0) + " is off by " + Measure.of(trained(0).mae()) + " " + unit + " on average."));
        differences.forEach(each -> page.lead(Tag.of("p", sentence(each))));
        page.lead(Notes.warnings(unlike(), List.of()));
        runs.forEach(run ->
                page.lead(Notes.warnings(run.metrics().notes(), run.metrics().leaks())));
        return page.section("Errors", errors(), differences())
                .section("What differs in the settings", settings())
                .html();
    }

    private String sentence(ErrorDifference to) {
        PairedComparison paired = to.paired();
        boolean smaller = paired.difference() <= 0;
        String by = " by " + Measure.of(Math.abs(paired.difference())) + " " + unit;
        String said = to.isSure()
                ? (smaller ? " is better: its error is smaller" : " is worse: its error is larger") + by
                : ": its error is " + (smaller ? "smaller" : "larger") + by + ", which may be chance";
        return to.name() + said + " (95 % interval of the difference: "
                + Measure.of(paired.interval().low()) + " to "
                + Measure.of(paired.interval().high()) + "; p " + to.pText() + ").";
    }

    private Tag settings() {
        Table differing = DifferencesTable.of(
                names,
                SettingDifferences.of(runs.stream().map(FinishedRun::config).toList()));
        return differing.rows().isEmpty()
                ? Tag.of("p", "Nothing: all runs have the same configuration.")
                : Tag.scrolled("Settings that differ", differing.html(List.of()));
    }

    private Comparison.Row trained(int run) {
        return runs.get(run).metrics().comparison().trained();
    }

    private Tag errors() {
        Table table = new Table("run", "method", "MAE", "accuracy", "Spearman");
        for (int run = 0; run < runs.size(); run++) {
            Comparison.Row trained = trained(run);
            table.row(
                    names.get(run),
                    trained.model(),
                    Measure.of(trained, OrdinalMetric.MAE),
                    Measure.of(trained, OrdinalMetric.ACCURACY),
                    Measure.alone(trained, OrdinalMetric.SPEARMAN));
        }
        double guess =
                runs.get(0).metrics().comparison().row(Comparison.CONSTANT).mae();
        return new Figure(
                        "Error of each run",
                        "Mean absolute error with its 95 % interval. The broken line is a guess.",
                        table,
                        names.subList(0, 1))
                .rows(
                        "mean absolute error, " + unit,
                        new RowChart(table, "MAE").note("method").reference(guess))
                .html();
    }

    private Tag differences() {
        return RunsFigures.differences(
                names.get(0),
                "run",
                unit,
                "Error minus that of " + names.get(0) + ", image by image, with its 95 % interval; p of the sign-flip"
                        + " test, after Holm's correction. In colour: p below 0.05.",
                differences);
    }
}
