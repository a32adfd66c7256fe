package io.numclip.runner.report;

import io.numclip.data.Bins;
import io.numclip.evaluation.PrototypeSimilarity;
import io.numclip.host.run.FinishedRun;
import io.numclip.host.run.PlainText;
import io.numclip.runner.chart.Curve;
import io.numclip.runner.chart.HeatTable;
import io.numclip.runner.page.Figure;
import io.numclip.runner.page.Tag;
import io.numclip.training.EpochResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What training did: the errors over the epochs, and the order of the concepts in the text features. */
final class LearnedFigures {

    private static final int MOST_CONCEPTS = 16;

    private LearnedFigures() {}

    static List<Tag> of(FinishedRun run) throws IOException {
        List<Tag> figures = new ArrayList<>();
        if (!run.epochs().isEmpty()) {
            figures.add(curve(
                    run,
                    "Error on the validation images",
                    "validation MAE, " + run.metrics().unit(),
                    EpochResult::validationMae,
                    "The epoch that was kept is marked: " + run.metrics().bestEpoch() + "."));
            figures.add(curve(
                    run,
                    "Loss on the training images",
                    "loss",
                    EpochResult::totalLoss,
                    "The weighted sum of all losses."));
        }
        run.model().prototypes().ifPresent(prototypes -> figures.add(similarity(run, prototypes)));
        return figures;
    }

    private static Tag curve(
            FinishedRun run, String title, String axis, ToDoubleFunction<EpochResult> figure, String about) {
        List<EpochResult> epochs = run.epochs();
        int[] numbers = epochs.stream().mapToInt(EpochResult::epoch).toArray();
        double[] figures = epochs.stream().mapToDouble(figure).toArray();
        List<List<String>> rows = IntStream.range(0, numbers.length)
                .mapToObj(i -> List.of(String.valueOf(numbers[i]), FigureText.of(figures[i])))
                .toList();
        return Figure.of(
                title,
                about,
                Curve.of(
                        title + " over " + PlainText.counted(numbers.length, "epoch") + ".",
                        axis,
                        numbers,
                        figures,
                        run.metrics().bestEpoch()),
                new Table(List.of("epoch", axis), rows).html());
    }

    private static Tag similarity(FinishedRun run, float[] prototypes) {
        Bins bins = run.model().bins();
        int[] shown = shown(bins.size());
        double[][] all = PrototypeSimilarity.of(prototypes, bins.size());
        double[][] some = IntStream.of(shown)
                .mapToObj(i -> IntStream.of(shown).mapToDouble(j -> all[i][j]).toArray())
                .toArray(double[][]::new);
        List<String> names =
                IntStream.of(shown).mapToObj(k -> bins.get(k).concept()).toList();
        Tag table = HeatTable.of(
                        "similarity",
                        names,
                        names,
                        HeatTable.shades(some),
                        HeatTable.texts(
                                some,
                                cosine -> String.format(Locale.ROOT, "%.2f", cosine)
                                        .replace('-', '−')))
                .set("class", "heat upright");
        return Figure.ofTable(
                "How similar the concepts are to the model",
                "Cosines of their text features. Where the order was learned, the ground fades away from the diagonal."
                        + ordinality(run)
                        + (shown.length < bins.size()
                                ? " Shown are " + shown.length + " of " + bins.size() + " classes."
                                : ""),
                table);
    }

    private static String ordinality(FinishedRun run) {
        return run.metrics().ordinality().isPresent()
                ? " " + MetricTable.ordinality(run.metrics().ordinality().getAsDouble())
                : "";
    }

    /** Spread over the scale, if there are too many. */
    private static int[] shown(int count) {
        int most = Math.min(count, MOST_CONCEPTS);
        return IntStream.range(0, most)
                .map(i -> most == 1 ? 0 : (int) Math.round((double) i * (count - 1) / (most - 1)))
                .toArray();
    }
}
