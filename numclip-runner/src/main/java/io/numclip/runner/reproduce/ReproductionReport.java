package io.numclip.runner.reproduce;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunFolder;
import io.numclip.runner.folds.FoldResult;
import io.numclip.runner.report.Measure;
import io.numclip.runner.report.Table;
import io.numclip.runner.reproduce.PublishedProtocol.ImageCounts;
import io.numclip.runner.reproduce.PublishedProtocol.PublishedFigure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reached figures beside the published ones, the images, and what differs from the publication.
 *
 * @param results of the runs that are finished or have failed
 */
record ReproductionReport(Reproduction reproduction, List<FoldResult> results) {

    private static final String NONE = "–";

    /** The text for the terminal; it ends with a line break. */
    String text() throws IOException {
        return heading() + "\n\n" + figures().text() + "\n" + images().text() + "\n" + lines("");
    }

    /** The file {@code reproduce.md}. */
    String markdown() throws IOException {
        return beginning() + figures().markdown() + "\n" + images().markdown() + "\n" + lines("- ");
    }

    /** Whether a file is such a report, of the same protocol. */
    boolean isOne(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        byte[] beginning = beginning().getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(beginning.length), beginning);
        }
    }

    private String beginning() {
        return "# " + heading() + "\n\n";
    }

    private String heading() {
        return reproduction.protocol().title();
    }

    private String lines(String bullet) {
        Stream<String> failures = results.stream()
                .filter(result -> result.comparison() == null)
                .map(result -> "Run " + PlainText.printable(result.fold()) + " failed (exit code " + result.exitCode()
                        + "): " + PlainText.printable(result.failure()));
        StringBuilder lines = new StringBuilder("What differs from the publication:\n");
        lines.append(bullet.isEmpty() ? "" : "\n");
        Stream.concat(failures, reproduction.differences().stream())
                .forEach(line -> lines.append(bullet).append(line).append('\n'));
        return lines.toString();
    }

    private Table figures() throws IOException {
        Table table = new Table("metric", "runs", "reached", "published", "method", "source");
        for (OrdinalMetric metric : reproduction.protocol().metrics()) {
            add(table, metric, null);
            for (FoldResult result : finished()) {
                if (!reproduction.protocol().figures(metric, result.fold()).isEmpty()) {
                    add(table, metric, result.fold());
                }
            }
        }
        return reproduction.isChosenOnTest() ? table.row("MAE, last epoch", runs(), lastEpochs(), NONE, "", "") : table;
    }

    /** A row for each published figure; one without if there is none. */
    private void add(Table table, OrdinalMetric metric, @Nullable String run) {
        String runs = run == null ? runs() : run;
        String reached = reached(metric, run);
        List<PublishedFigure> published = reproduction.protocol().figures(metric, run);
        if (published.isEmpty()) {
            table.row(metric.title(), runs, reached, NONE, "", "");
        }
        published.forEach(
                figure -> table.row(metric.title(), runs, reached, figure.value(), figure.method(), figure.source()));
    }

    private String runs() {
        int finished = finished().size();
        return finished == 1 ? "1" : "mean of " + finished;
    }

    /** Mean and standard deviation over runs, or the figure of one run. */
    private String reached(OrdinalMetric metric, @Nullable String run) {
        List<Double> figures = finished().stream()
                .filter(result -> run == null || result.fold().equals(run))
                .map(result -> Objects.requireNonNull(result.comparison()))
                .map(Comparison::trained)
                .map(row -> row.figures().get(metric))
                .filter(Objects::nonNull)
                .toList();
        return figures.isEmpty() ? NONE : Measure.over(figures).text();
    }

    private String lastEpochs() throws IOException {
        List<Double> figures = new ArrayList<>();
        for (FoldResult result : finished()) {
            figures.addAll(lastEpoch(result.folder()));
        }
        return figures.isEmpty() ? NONE : Measure.over(figures).text();
    }

    /** The figures of the last epoch; empty if nothing was trained. */
    private static List<Double> lastEpoch(RunFolder run) throws IOException {
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(run.epochs())) {
            return csv.stream()
                    .reduce((first, second) -> second)
                    .map(epoch -> List.of(Double.parseDouble(epoch.getField("validationMae"))))
                    .orElse(List.of());
        }
    }

    private Table images() {
        Table table = new Table("run", "train (published)", "validation", "test", "best constant, " + first().title());
        reproduction.images().forEach((run, here) -> {
            ImageCounts published =
                    reproduction.protocol().images(reproduction.allRuns().indexOf(run));
            table.row(
                    PlainText.printable(run),
                    count(here.train(), published == null ? null : published.train()),
                    reproduction.isChosenOnTest()
                            ? "the test images"
                            : count(here.validation(), published == null ? null : published.validation()),
                    count(here.test(), published == null ? null : published.test()),
                    constant(run));
        });
        return table;
    }

    private OrdinalMetric first() {
        return reproduction.protocol().metrics().get(0);
    }

    /** A constant prediction is strong where most labels are equal. */
    private String constant(String run) {
        return finished().stream()
                .filter(result -> result.fold().equals(run))
                .map(result -> Objects.requireNonNull(result.comparison()).row(Comparison.CONSTANT))
                .map(row -> Measure.alone(row, first()).text())
                .findFirst()
                .orElse(NONE);
    }

    private static String count(int here, @Nullable Integer published) {
        return here + " (" + (published == null ? NONE : published) + ")";
    }

    private List<FoldResult> finished() {
        return results.stream().filter(result -> result.comparison() != null).toList();
    }
}
