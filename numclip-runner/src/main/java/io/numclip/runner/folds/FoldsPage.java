package io.numclip.runner.folds;

import io.numclip.data.Invocation;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.PlainText;
import io.numclip.host.run.RunMetrics;
import io.numclip.runner.page.Links;
import io.numclip.runner.page.Markup;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.About;
import io.numclip.runner.report.FigureText;
import io.numclip.runner.report.MeansFigure;
import io.numclip.runner.report.ProtocolNotes;
import io.numclip.runner.report.RunTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of a run over folds: the mean, how much it varies, and each fold with a link to its own page. */
final class FoldsPage {

    private final ExperimentConfig config;
    private final List<FoldResult> finished;
    private final List<FoldResult> failed;
    private final List<Comparison> comparisons;

    FoldsPage(ExperimentConfig config, List<FoldResult> finished, List<FoldResult> failed) {
        this.config = config;
        this.finished = finished;
        this.failed = failed;
        this.comparisons = finished.stream()
                .map(result -> Objects.requireNonNull(result.comparison()))
                .toList();
    }

    String html() throws IOException {
        List<Markup> head = new ArrayList<>();
        List<Markup> means = new ArrayList<>();
        String unit = unit();
        if (!comparisons.isEmpty()) {
            head.add(lead(unit));
            means.add(MeansFigure.of("Error of each model", comparisons, "folds, equally weighted", unit));
            means.add(MeansFigure.ofEach("Error on each fold", names(), comparisons, unit));
        }
        head.addAll(ProtocolNotes.html(config.protocol().notes(), List.of()));
        failed.forEach(result -> head.add(Tag.styled("p", "warning").add(FoldsReport.failure(result))));
        return new Page(heading(unit), "report of a run over folds")
                .lead(head.toArray(Markup[]::new))
                .section("Errors", means)
                .section("The folds", links())
                .section(
                        "About this run",
                        Tag.of("h3", "To make it again"),
                        Tag.of("pre", Invocation.NAME + " train folds.yaml --folds " + Invocation.argument(all())),
                        About.config(config.toYaml()))
                .html();
    }

    /** As the option takes them. */
    private String all() {
        return Stream.of(finished, failed)
                .flatMap(List::stream)
                .map(FoldResult::fold)
                .collect(Collectors.joining(","));
    }

    private String heading(String unit) {
        String task = config.taskName();
        return comparisons.isEmpty()
                ? task + ": no fold is finished"
                : task + ": off by " + maes(trained()) + " " + unit + " over "
                        + PlainText.counted(finished.size(), "fold");
    }

    private Tag lead(String unit) {
        long better = comparisons.stream()
                .filter(comparison -> comparison.trained().mae()
                        < comparison.row(Comparison.CONSTANT).mae())
                .count();
        return Tag.styled("p", "lead")
                .add(trained() + ", tested on each fold in turn, is off by ")
                .add(Tag.of("strong", maes(trained()) + " " + unit))
                .add(" on average"
                        + (finished.size() > 1 ? " (± is the standard deviation between folds)" : "") + ". A guess, the"
                        + " best single number for the training images, is off by " + maes(Comparison.CONSTANT)
                        + ". The model is better than the guess on " + better + " of "
                        + PlainText.counted(finished.size(), "fold") + ".");
    }

    private String maes(String model) {
        return RunTable.cell(RunTable.figures(model, OrdinalMetric.MAE, comparisons));
    }

    private String trained() {
        return comparisons.get(0).trained().model();
    }

    private List<String> names() {
        return finished.stream()
                .map(result -> "fold " + PlainText.printable(result.fold()))
                .toList();
    }

    private String unit() throws IOException {
        return finished.isEmpty()
                ? ""
                : RunMetrics.read(finished.get(0).folder().metrics())
                        .map(RunMetrics::unit)
                        .orElse("");
    }

    private List<Markup> links() {
        Tag list = Tag.of("ul");
        finished.forEach(result -> list.add(Tag.of("li")
                .add(Links.to(
                        "Report of fold " + result.fold(),
                        String.valueOf(result.folder().path().getFileName()),
                        "/report.html"))
                .add(": MAE "
                        + FigureText.withInterval(
                                Objects.requireNonNull(result.comparison()).trained(), OrdinalMetric.MAE))));
        return List.of(list, Links.of("Beside this page: ", List.of("folds.yaml", "folds.csv", "folds.json"), ""));
    }
}
