package io.numclip.runner.report;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.HeatTable;
import io.numclip.runner.chart.Scatter;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Predictions beside labels: every image as a point, and the concepts as a table of counts. */
final class PredictionsFigures {

    private static final int MOST_POINTS = 1_500;
    private static final int MOST_CONCEPTS = 12;

    private PredictionsFigures() {}

    static List<Tag> of(FinishedRun run) {
        List<Tag> figures = new ArrayList<>();
        figures.add(scatter(run));
        if (run.model().concepts().size() <= MOST_CONCEPTS) {
            figures.add(confusion(run.model().concepts(), run.predictions()));
        }
        return figures;
    }

    private static Tag scatter(FinishedRun run) {
        LabeledPredictions predictions = run.predictions();
        LabelScale scale = run.model().scale();
        double[] all = IntStream.range(0, 2)
                .mapToObj(each -> each == 0 ? predictions.values() : predictions.labels())
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double low = Math.min(scale.minimum(), Arrays.stream(all).min().orElse(scale.minimum()));
        double high = Math.max(scale.maximum(), Arrays.stream(all).max().orElse(scale.maximum()));
        List<Scatter.Point> points = drawn(predictions.size())
                .mapToObj(n -> point(predictions, n, scale))
                .toList();
        String about = "Each point is a test image; on the broken line the prediction is the label."
                + (Scatter.isJittered(points) ? " Points are moved a little to the sides so that all can be seen." : "")
                + (points.size() < predictions.size()
                        ? " Drawn are " + points.size() + " of " + predictions.size() + "."
                        : "");
        Tag chart = Scatter.of(
                "Predictions over labels of " + PlainText.counted(points.size(), "test image")
                        + ". The table below has their means.",
                Axis.exact("label, " + scale.unit(), low, high),
                Axis.exact("prediction, " + scale.unit(), low, high),
                points);
        return Figure.of("Every prediction", about, chart, means(run).html());
    }

    /** Spread over the list, if there are too many. */
    private static IntStream drawn(int count) {
        int points = Math.min(count, MOST_POINTS);
        return IntStream.range(0, points).map(i -> (int) ((long) i * count / points));
    }

    private static Scatter.Point point(LabeledPredictions predictions, int n, LabelScale scale) {
        Prediction prediction = predictions.predictions().get(n);
        double label = predictions.images().get(n).label();
        String interval = prediction
                .interval()
                .map(between -> ", " + PlainText.number(between.lower(), scale) + " to "
                        + PlainText.number(between.upper(), scale))
                .orElse("");
        return new Scatter.Point(
                label,
                prediction.value(),
                predictions.images().get(n).name() + ": label " + PlainText.number(label, scale) + ", prediction "
                        + PlainText.number(prediction.value(), scale) + interval);
    }

    /** The points by concept of the label, which a reader can take in. */
    private static Table means(FinishedRun run) {
        Bins bins = run.model().concepts();
        List<List<String>> rows = new ArrayList<>();
        for (int k = 0; k < bins.size(); k++) {
            int bin = k;
            LabeledPredictions some = run.predictions().where(image -> bins.indexOf(image.label()) == bin);
            if (some.size() > 0) {
                double[] values = Arrays.stream(some.values()).sorted().toArray();
                rows.add(List.of(
                        bins.get(k).concept(),
                        String.valueOf(some.size()),
                        FigureText.of(Arrays.stream(some.labels()).average().orElseThrow()),
                        FigureText.of(Arrays.stream(values).average().orElseThrow()),
                        FigureText.of(values[0]),
                        FigureText.of(values[values.length - 1])));
            }
        }
        return new Table(List.of("label in", "images", "mean label", "mean prediction", "lowest", "highest"), rows);
    }

    private static Tag confusion(Bins bins, LabeledPredictions predictions) {
        int[][] counts = new int[bins.size()][bins.size()];
        for (int n = 0; n < predictions.size(); n++) {
            int likeliest =
                    Prediction.indexOfLargest(predictions.predictions().get(n).probabilities());
            counts[bins.indexOf(predictions.images().get(n).label())][likeliest]++;
        }
        double[][] shares = Arrays.stream(counts)
                .map(row -> Arrays.stream(row)
                        .mapToDouble(count ->
                                count / (double) Math.max(1, Arrays.stream(row).sum()))
                        .toArray())
                .toArray(double[][]::new);
        List<List<String>> texts = Arrays.stream(counts)
                .map(row -> Arrays.stream(row).mapToObj(String::valueOf).toList())
                .toList();
        Tag table = HeatTable.of("label \\ likeliest", bins.concepts(), bins.concepts(), shares, texts)
                .set("class", "heat upright confusion");
        return Figure.ofTable(
                "Concept of the label, and the likeliest concept",
                "How many test images. What is right lies on the diagonal; what is off by one concept lies beside it.",
                table);
    }
}
