package io.numclip.runner.report;

import io.numclip.data.Bin;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.Interval;
import io.numclip.evaluation.OrdinalMetric;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.host.run.Comparison;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.ImageClusters;
import io.numclip.host.run.NamedImage;
import io.numclip.host.run.Parts;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Axis;
import io.numclip.runner.chart.Decimals;
import io.numclip.runner.chart.Histogram;
import io.numclip.runner.chart.Steps;
import io.numclip.runner.chart.Steps.Estimate;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Where on the scale the errors are large, in which direction they go, and how they are distributed. */
final class ErrorFigures {

    private static final double LEAST_SHARE = 0.01; // of the scale, for errors that are all but equal

    private ErrorFigures() {}

    /** A bin with test images. */
    private record Range(Bin bin, int images, Estimate error, Estimate bias) {}

    static List<Tag> of(FinishedRun run) {
        List<Tag> figures = new ArrayList<>();
        List<Range> ranges = ranges(run);
        if (!ranges.isEmpty()) {
            figures.add(alongTheScale(run, ranges));
        }
        figures.add(histogram(run));
        return figures;
    }

    private static List<Range> ranges(FinishedRun run) {
        List<Range> ranges = new ArrayList<>();
        run.metrics().parts().stream()
                .filter(parts -> parts.name().equals(Parts.BIN))
                .findFirst()
                .ifPresent(parts -> {
                    for (Bin bin : run.model().concepts()) {
                        Comparison part = parts.parts().get(bin.concept());
                        if (part != null) {
                            ranges.add(new Range(bin, part.count(), error(part.trained()), bias(run, bin)));
                        }
                    }
                });
        return ranges;
    }

    private static Estimate error(Comparison.Row row) {
        return estimate(row.mae(), row.maeInterval());
    }

    /** The predictions compared with the labels, image by image. */
    private static Estimate bias(FinishedRun run, Bin bin) {
        LabeledPredictions some = run.predictions()
                .where(image -> run.model()
                        .concepts()
                        .get(run.model().concepts().indexOf(image.label()))
                        .equals(bin));
        Clusters clusters = ImageClusters.of(some.images(), NamedImage.GROUP);
        if (clusters.count() < 2) {
            double mean = Arrays.stream(signed(some)).average().orElse(0);
            return new Estimate(mean, mean, mean);
        }
        PairedComparison paired = PairedComparison.of(
                some.values(), some.labels(), clusters, new int[some.size()], Resampling.defaults());
        return estimate(paired.difference(), paired.interval());
    }

    private static Estimate estimate(double figure, Interval interval) {
        return new Estimate(figure, interval.low(), interval.high());
    }

    private static double[] signed(LabeledPredictions predictions) {
        double[] values = predictions.values();
        double[] labels = predictions.labels();
        return IntStream.range(0, values.length)
                .mapToDouble(n -> values[n] - labels[n])
                .toArray();
    }

    private static Tag alongTheScale(FinishedRun run, List<Range> ranges) {
        String unit = run.metrics().unit();
        DoubleStream ends = ranges.stream()
                .flatMapToDouble(range -> DoubleStream.of(
                        range.error().high(), range.bias().low(), range.bias().high()));
        double[] all = DoubleStream.concat(DoubleStream.of(0), ends).toArray();
        Axis x = Axis.exact(
                "label, " + unit,
                ranges.get(0).bin().lower(),
                ranges.get(ranges.size() - 1).bin().upper());
        Axis y = Axis.round(
                unit,
                Arrays.stream(all).min().orElse(0),
                Arrays.stream(all).max().orElse(1));
        List<Steps.Step> steps = ranges.stream()
                .map(range -> new Steps.Step(
                        range.bin().lower(), range.bin().upper(), range.error(), range.bias(), hint(range)))
                .toList();
        Tag chart = Tag.of("div").add(key(), Steps.of("Error and bias along the scale.", x, y, steps));
        return Figure.of(
                "Error along the scale",
                "By the concept of the label, with 95 % intervals. A bias above 0 means that numbers come out too"
                        + " high.",
                chart,
                table(ranges).html());
    }

    private static Tag key() {
        return Keys.of(Keys.entry("box", "mean absolute error"), Keys.entry("warm", "bias: prediction minus label"));
    }

    private static String hint(Range range) {
        return range.bin().concept() + ", " + PlainText.counted(range.images(), "image") + ": error "
                + text(range.error()) + ", bias " + text(range.bias());
    }

    private static String text(Estimate estimate) {
        return FigureText.withInterval(estimate.figure(), new Interval(estimate.low(), estimate.high()));
    }

    private static Table table(List<Range> ranges) {
        return new Table(
                List.of("label in", "from", "to", "images", "MAE", "bias"),
                ranges.stream()
                        .map(range -> List.of(
                                range.bin().concept(),
                                Decimals.text(range.bin().lower()),
                                Decimals.text(range.bin().upper()),
                                String.valueOf(range.images()),
                                text(range.error()),
                                text(range.bias())))
                        .toList());
    }

    private static Tag histogram(FinishedRun run) {
        double[] errors = signed(run.predictions());
        LabelScale scale = run.model().scale();
        List<Histogram.Range> ranges = Histogram.ranges(errors, LEAST_SHARE * (scale.maximum() - scale.minimum()));
        double tolerance = run.metrics().comparison().tolerance();
        Double within = run.metrics().comparison().trained().figures().get(OrdinalMetric.CUMULATIVE_SCORE);
        String about = "Prediction minus label."
                + (within == null
                        ? ""
                        : " " + Exact.percentText(within) + " of the images are off by at most "
                                + Decimals.text(tolerance) + " " + run.metrics().unit() + ".");
        Table table = new Table(
                List.of("from", "to", "images"),
                ranges.stream()
                        .map(range -> List.of(
                                Decimals.text(range.from()), Decimals.text(range.to()), String.valueOf(range.count())))
                        .toList());
        return Figure.of(
                "How errors are distributed",
                about,
                Histogram.of(
                        "Histogram of the errors.", "error, " + run.metrics().unit(), "images", ranges),
                table.html());
    }
}
