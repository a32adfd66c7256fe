package io.numclip.runner.report;

import io.numclip.data.Bins;
import io.numclip.evaluation.PrototypeSimilarity;
import io.numclip.host.files.FinishedRun;
import io.numclip.host.message.PlainText;
import io.numclip.host.result.RunMetrics;
import io.numclip.runner.page.Tag;
import io.numclip.training.progress.EpochResult;
import io.numclip.yardstick.LearningCurve;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What training did: the errors over the epochs, and the order of the concepts in the text features. */
final class LearnedFigures {

    private static final int MOST_CONCEPTS = 16;

    private LearnedFigures() {}

    static List<Tag> of(FinishedRun run) throws IOException {
        List<Tag> figures = new ArrayList<>();
        if (run.epochs().size() > 1) {
            figures.add(curve(
                    run,
                    "Error on the validation images",
                    "validation MAE, " + run.metrics().unit(),
                    EpochResult::validationMae));
            figures.add(curve(
                    run,
                    "Loss on the training images",
                    "loss, the weighted sum of all losses",
                    EpochResult::totalLoss));
        }
        run.model().prototypes().ifPresent(prototypes -> figures.add(similarity(run, prototypes)));
        return figures;
    }

    /** The error by the number of training images; empty where it was not measured. */
    static List<Tag> moreLabels(RunMetrics metrics) {
        return metrics.curve().map(curve -> moreLabels(curve, metrics.unit())).stream()
                .toList();
    }

    private static Tag moreLabels(LearningCurve curve, String unit) {
        Table table = new Table("training images", "MAE");
        List<LearningCurve.Point> points = new ArrayList<>(curve.points());
        points.add(curve.twice());
        points.forEach(point -> table.row(point.images(), Measure.of(point.mae(), point.interval())));
        double high =
                points.stream().mapToDouble(LearningCurve.Point::mae).max().orElseThrow();
        int measured = curve.last().images();
        Tag chart = new Chart(
                        Axis.round("training images", 0, curve.twice().images()), Axis.round("MAE, " + unit, 0, high))
                .rule(measured)
                .line("curve", table, "training images", "MAE")
                .dots("dot", table, "training images", "MAE", row -> 3)
                .draw("Error over the number of training images, measured up to " + measured + ".");
        String about =
                "Of kernel ridge on features that are not trained, in the table with 95 % intervals: learned from parts of the"
                        + " training images up to the broken line, and what these lead to for "
                        + curve.twice().images()
                        + ". It says what labels are worth, and nothing of another CLIP or a trained tower.";
        return new Figure("Error by the number of labels", about, table, List.of())
                .chart(chart)
                .html();
    }

    private static Tag curve(FinishedRun run, String title, String what, ToDoubleFunction<EpochResult> figure) {
        Table table = new Table("epoch", what);
        run.epochs().forEach(epoch -> table.row(epoch.epoch(), Measure.of(figure.applyAsDouble(epoch))));
        double[] figures = table.numbers(what);
        double[] epochs = table.numbers("epoch");
        double high = DoubleStream.of(figures).max().orElse(1);
        double low = DoubleStream.of(figures).min().orElse(0);
        Tag chart = new Chart(
                        Axis.whole("epoch", epochs[0], epochs[epochs.length - 1]),
                        Axis.round(what, Math.min(low, high * 0.8), high))
                .rule(run.metrics().bestEpoch())
                .line("curve", table, "epoch", what)
                .dots("dot", table, "epoch", what, row -> 3)
                .draw(title + " over " + PlainText.counted(epochs.length, "epoch") + ".");
        String about =
                "The broken line is the epoch that was kept: " + run.metrics().bestEpoch() + ".";
        return new Figure(title, about, table, List.of()).chart(chart).html();
    }

    private static Tag similarity(FinishedRun run, float[] prototypes) {
        Bins bins = run.model().bins();
        double[][] cosines = PrototypeSimilarity.of(prototypes, bins.size());
        int[] shown = shown(bins.size());
        List<String> header = new ArrayList<>(List.of("similarity"));
        IntStream.of(shown).forEach(k -> header.add(bins.get(k).concept()));
        List<List<Object>> rows = new ArrayList<>();
        for (int k : shown) {
            List<Object> row = new ArrayList<>(List.of(bins.get(k).concept()));
            IntStream.of(shown).forEach(j -> row.add(cosine(cosines[k][j])));
            rows.add(row);
        }
        String ordinality = run.metrics().ordinality().isPresent()
                ? " " + MetricTable.ordinality(run.metrics().ordinality().getAsDouble())
                : "";
        String left =
                shown.length < bins.size() ? " Shown are " + shown.length + " of " + bins.size() + " classes." : "";
        return new Figure(
                        "How similar the concepts are to the model",
                        "Cosines of their text features. Where the order was learned, the ground fades away from the"
                                + " diagonal." + ordinality + left,
                        new Table(header, rows),
                        List.of())
                .heat();
    }

    private static Measure cosine(double cosine) {
        return Measure.of(cosine, String.format(Locale.ROOT, "%.2f", cosine).replace('-', '−'));
    }

    /** Spread over the scale, if there are too many. */
    private static int[] shown(int count) {
        int most = Math.min(count, MOST_CONCEPTS);
        return IntStream.range(0, most)
                .map(i -> most == 1 ? 0 : (int) Math.round((double) i * (count - 1) / (most - 1)))
                .toArray();
    }
}
