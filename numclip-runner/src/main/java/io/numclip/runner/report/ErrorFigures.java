package io.numclip.runner.report;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.host.files.FinishedRun;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.Comparison;
import io.numclip.host.result.RunMetrics;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How large the errors of a run are: beside those of other models, image by image, and how they are distributed. */
final class ErrorFigures {

    private static final int MOST_POINTS = 1_500;
    private static final int MOST_CONCEPTS = 12;
    private static final int RANGES = 25;
    private static final double LEVEL = 0.05; // for all models together (Bonferroni)
    private static final double LEAST_SHARE = 0.01; // of the scale, for errors that are all but equal

    private ErrorFigures() {}

    /** The error of every model of a run with its interval, the smallest first. */
    static Tag models(RunMetrics metrics) {
        Comparison comparison = metrics.comparison();
        String trained = comparison.trained().model();
        Table table = new Table("model", "MAE", trained + " minus it", "p", "accuracy", "Spearman");
        comparison.rows().stream()
                .filter(row -> row.figures().containsKey(OrdinalMetric.MAE))
                .sorted(Comparator.comparingDouble(Comparison.Row::mae))
                .forEach(row -> {
                    PairedComparison paired = metrics.differences().get(row.model());
                    table.row(
                            row.model(),
                            Measure.of(row, OrdinalMetric.MAE),
                            paired == null ? "" : Measure.of(paired.difference(), paired.interval()),
                            p(paired),
                            Measure.of(row, OrdinalMetric.ACCURACY),
                            Measure.alone(row, OrdinalMetric.SPEARMAN));
                });
        String about = "Mean absolute error on the same " + PlainText.counted(comparison.count(), "test image")
                + ", with its 95 % interval. The broken line is the guess, always " + comparison.constantOfMae()
                + "; the other models learned from the same training images, or not at all." + level(metrics);
        return new Figure("Error of each model", about, table, List.of(trained))
                .rows(
                        "mean absolute error, " + metrics.unit(),
                        new RowChart(table, "MAE")
                                .reference(comparison.row(Comparison.CONSTANT).mae()))
                .html();
    }

    /** The order of the rows is none among models that cannot be told apart. */
    private static String level(RunMetrics metrics) {
        String level = metrics.differences().entrySet().stream()
                .filter(other -> other.getValue().interval().contains(0)
                        || other.getValue().pValue() * metrics.differences().size() > LEVEL)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining("; "));
        return level.isEmpty()
                ? ""
                : " Not surely better or worse than "
                        + metrics.comparison().trained().model() + ": " + level + ".";
    }

    private static String p(@Nullable PairedComparison paired) {
        return paired == null ? "" : String.format(Locale.ROOT, "%.4f", paired.pValue());
    }

    /** Predictions over labels; under the chart are their means by concept, which a reader can take in. */
    static Tag predictions(FinishedRun run) {
        LabelScale scale = run.model().scale();
        LabeledPredictions predictions = run.predictions();
        Table points = points(predictions, scale);
        List<Double> all = new ArrayList<>(List.of(scale.minimum(), scale.maximum()));
        Stream.of("label", "prediction")
                .forEach(name -> Arrays.stream(points.numbers(name)).forEach(all::add));
        double low = all.stream().reduce(Math::min).orElseThrow();
        double high = all.stream().reduce(Math::max).orElseThrow();
        int drawn = points.rows().size();
        String about = "Each point is a test image; on the broken line the prediction is the label."
                + (drawn < predictions.size() ? " Drawn are " + drawn + " of " + predictions.size() + "." : "");
        Tag chart = new Chart(
                        Axis.exact("label, " + scale.unit(), low, high),
                        Axis.exact("prediction, " + scale.unit(), low, high))
                .diagonal()
                .dots("point", points, "label", "prediction", row -> 3.2)
                .draw("Predictions over labels of " + PlainText.counted(drawn, "test image")
                        + ". The table below has their means.");
        return new Figure("Every prediction", about, means(run), List.of())
                .chart(chart)
                .html();
    }

    /** Spread over the list, if there are too many. */
    private static Table points(LabeledPredictions predictions, LabelScale scale) {
        Table points = new Table("image", "label", "prediction", "interval");
        int count = Math.min(predictions.size(), MOST_POINTS);
        for (int i = 0; i < count; i++) {
            int n = (int) ((long) i * predictions.size() / count);
            Prediction prediction = predictions.predictions().get(n);
            points.row(
                    predictions.images().get(n).name(),
                    number(predictions.images().get(n).label(), scale),
                    number(prediction.value(), scale),
                    prediction
                            .interval()
                            .map(between -> PlainText.between(between.lower(), between.upper(), scale))
                            .orElse("none"));
        }
        return points;
    }

    private static Measure number(double number, LabelScale scale) {
        return Measure.of(number, PlainText.number(number, scale));
    }

    private static Table means(FinishedRun run) {
        Bins bins = run.model().concepts();
        Table means = new Table("label in", "images", "mean label", "mean prediction", "lowest", "highest");
        for (int k = 0; k < bins.size(); k++) {
            int bin = k;
            LabeledPredictions some = run.predictions().where(image -> bins.indexOf(image.label()) == bin);
            if (some.size() > 0) {
                double[] values = Arrays.stream(some.values()).sorted().toArray();
                means.row(
                        bins.get(k).concept(),
                        some.size(),
                        Measure.of(Arrays.stream(some.labels()).average().orElseThrow()),
                        Measure.of(Arrays.stream(values).average().orElseThrow()),
                        Measure.of(values[0]),
                        Measure.of(values[values.length - 1]));
            }
        }
        return means;
    }

    /** The concept of the label against the likeliest; none if there are many concepts. */
    static List<Tag> concepts(FinishedRun run) {
        Bins bins = run.model().concepts();
        if (bins.size() > MOST_CONCEPTS) {
            return List.of();
        }
        LabeledPredictions predictions = run.predictions();
        int[][] counts = new int[bins.size()][bins.size()];
        for (int n = 0; n < predictions.size(); n++) {
            int shown = predictions.predictions().get(n).conceptIndex();
            counts[bins.indexOf(predictions.images().get(n).label())][shown]++;
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int k = 0; k < bins.size(); k++) {
            double all = Math.max(1, Arrays.stream(counts[k]).sum());
            List<Object> row = new ArrayList<>(List.of(bins.get(k).concept()));
            Arrays.stream(counts[k]).forEach(count -> row.add(Measure.of(count / all, String.valueOf(count))));
            rows.add(row);
        }
        List<String> header = new ArrayList<>(List.of("label \\ number"));
        header.addAll(bins.concepts());
        return List.of(new Figure(
                        "Concept of the label, and that of the number",
                        "How many test images. What is right lies on the diagonal; what is off by one concept lies"
                                + " beside it.",
                        new Table(header, rows),
                        List.of())
                .heat());
    }

    static Tag histogram(FinishedRun run) {
        double[] values = run.predictions().values();
        double[] labels = run.predictions().labels();
        LabelScale scale = run.model().scale();
        Table ranges = ranges(
                IntStream.range(0, values.length)
                        .mapToDouble(n -> values[n] - labels[n])
                        .toArray(),
                LEAST_SHARE * (scale.maximum() - scale.minimum()));
        double[] from = ranges.numbers("from");
        double[] to = ranges.numbers("to");
        String unit = run.metrics().unit();
        Axis errors = Axis.exact("error, " + unit, from[0], to[to.length - 1]);
        double most = Arrays.stream(ranges.numbers("images")).max().orElse(1);
        Axis images = most < 5 ? Axis.whole("images", 0, most) : Axis.round("images", 0, most);
        return new Figure("How errors are distributed", within(run.metrics()), ranges, List.of())
                .chart(new Chart(errors, images)
                        .bars(ranges, "from", "to", "images")
                        .rule(0)
                        .draw("Histogram of the errors."))
                .html();
    }

    private static String within(RunMetrics metrics) {
        Comparison comparison = metrics.comparison();
        Double within = comparison.trained().figures().get(OrdinalMetric.CUMULATIVE_SCORE);
        return "Prediction minus label."
                + (within == null
                        ? ""
                        : " " + Measure.percent(within) + " of the images are off by at most "
                                + PlainText.quantity(Axis.number(comparison.tolerance()), metrics.unit()) + ".");
    }

    /**
     * How many numbers lie in each of some round ranges of equal width, with a border at 0; the lower end belongs to each.
     *
     * @param least how much the ranges cover at least; numbers that are all but equal stand in their middle
     */
    static Table ranges(double[] numbers, double least) {
        double smallest = Arrays.stream(numbers).min().orElse(0);
        double largest = Arrays.stream(numbers).max().orElse(0);
        double around = Math.max(0, least - (largest - smallest)) / 2;
        double step = Axis.step((largest - smallest + 2 * around) / RANGES);
        long first = (long) Math.floor((smallest - around) / step);
        long last = Math.max(first, (long) Math.floor((largest + around) / step));
        int[] counts = new int[Math.toIntExact(last - first + 1)];
        for (double number : numbers) {
            counts[(int) Math.min(counts.length - 1, (long) Math.floor(number / step) - first)]++;
        }
        Table ranges = new Table("from", "to", "images");
        for (int i = 0; i < counts.length; i++) {
            ranges.row(exact((first + i) * step), exact((first + i + 1) * step), counts[i]);
        }
        return ranges;
    }

    private static Measure exact(double number) {
        return Measure.of(number, Axis.number(number));
    }
}
