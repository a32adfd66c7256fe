package io.numclip.runner.folds;

import io.numclip.data.Invocation;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunMetrics;
import io.numclip.runner.page.Page;
import io.numclip.runner.page.Tag;
import io.numclip.runner.report.About;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Notes;
import io.numclip.runner.report.RunsFigures;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page of a run over folds: the mean, how much it varies, and each fold with a link to its own page. */
final class FoldsPage {

    private final FoldsReport report;
    private final ExperimentConfig config;
    private final List<FoldResult> finished;
    private final List<Comparison> comparisons;

    FoldsPage(FoldsReport report) {
        this.report = report;
        this.config = report.config();
        this.finished = report.finished();
        this.comparisons = report.comparisons();
    }

    String html() throws IOException {
        String unit = unit();
        Page page = new Page(heading(unit), "report of a run over folds");
        if (!comparisons.isEmpty()) {
            page.lead(lead(unit));
        }
        page.lead(Notes.warnings(config.protocol().notes(), List.of()));
        report.failed().forEach(result -> page.lead(Tag.styled("p", "warning", FoldsReport.failure(result))));
        return page.section("Errors", comparisons.isEmpty() ? List.of() : means(unit))
                .section("The folds", links())
                .section(
                        "About this run",
                        Tag.of("h3", "To make it again"),
                        Tag.of("pre", Invocation.NAME + " train folds.yaml --folds " + Invocation.argument(all())),
                        About.config(config.toYaml()))
                .html();
    }

    private List<Tag> means(String unit) {
        return List.of(
                RunsFigures.means(comparisons, "folds, equally weighted", unit),
                RunsFigures.each("Error on each fold", names(), comparisons, unit));
    }

    /** The folds as the option takes them. */
    private String all() {
        return Stream.of(finished, report.failed())
                .flatMap(List::stream)
                .map(FoldResult::fold)
                .collect(Collectors.joining(","));
    }

    private String heading(String unit) {
        String task = config.taskName();
        return comparisons.isEmpty()
                ? task + ": no fold is finished"
                : task + ": off by " + maes(report.trained()) + " " + unit + " over "
                        + PlainText.counted(finished.size(), "fold");
    }

    private Tag lead(String unit) {
        long better = comparisons.stream()
                .filter(comparison -> comparison.trained().mae()
                        < comparison.row(Comparison.CONSTANT).mae())
                .count();
        String over = finished.size() > 1 ? " (± is the standard deviation between folds)" : "";
        return Tag.styled("p", "lead", report.trained() + ", tested on each fold in turn, is off by ")
                .add(Tag.of("strong", maes(report.trained()) + " " + unit))
                .add(" on average" + over + ". A guess, the best single number for the training images, is off by "
                        + maes(Comparison.CONSTANT) + ". The model is better than the guess on " + better + " of "
                        + PlainText.counted(finished.size(), "fold") + ".");
    }

    private Measure maes(String model) {
        return Measure.over(model, OrdinalMetric.MAE, comparisons);
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

    private List<Tag> links() {
        Tag list = Tag.of("ul");
        finished.forEach(result -> {
            String run = String.valueOf(result.folder().path().getFileName());
            Comparison comparison = Objects.requireNonNull(result.comparison());
            list.add(Tag.of("li", Tag.link("Report of fold " + result.fold(), run, "/report.html"))
                    .add(": MAE " + Measure.of(comparison.trained(), OrdinalMetric.MAE)));
        });
        return List.of(list, Tag.links("Beside this page: ", List.of("folds.yaml", "folds.csv", "folds.json"), ""));
    }
}
