package io.numclip.runner.report;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.host.message.PlainText;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A few test images, chosen by what the model says about them; as indices. */
public final class Pictures {

    private static final int COUNT = 6;
    private static final int CONCEPTS = 3;

    private Pictures() {}

    /** Labels spread over the scale, lowest first; nobody has chosen them by how well they are predicted. */
    static List<Integer> across(LabeledPredictions predictions) {
        List<Integer> byLabel =
                sorted(predictions, n -> predictions.images().get(n).label());
        int count = Math.min(COUNT, byLabel.size());
        return IntStream.range(0, count)
                .mapToObj(i -> byLabel.get((2 * i + 1) * byLabel.size() / (2 * count)))
                .toList();
    }

    static List<Integer> best(LabeledPredictions predictions) {
        double[] errors = predictions.errors();
        return first(sorted(predictions, n -> errors[n]));
    }

    static List<Integer> worst(LabeledPredictions predictions) {
        double[] errors = predictions.errors();
        return first(sorted(predictions, n -> -errors[n]));
    }

    /**
     * The images with the widest intervals; where all are equally wide or there are none, with the most evenly spread
     * probabilities.
     */
    static List<Integer> leastSure(LabeledPredictions predictions) {
        return first(sorted(
                predictions,
                hasWidths(predictions)
                        ? n -> -width(predictions.predictions().get(n))
                        : n -> -entropy(predictions.predictions().get(n).probabilities())));
    }

    /** Whether no prediction is surer than another. */
    static boolean areAlike(LabeledPredictions predictions) {
        return !hasWidths(predictions)
                && predictions.predictions().stream()
                                .mapToDouble(prediction -> entropy(prediction.probabilities()))
                                .distinct()
                                .limit(2)
                                .count()
                        < 2;
    }

    /** Whether intervals tell more and less sure predictions apart. */
    static boolean hasWidths(LabeledPredictions predictions) {
        return predictions.predictions().stream()
                        .mapToDouble(Pictures::width)
                        .distinct()
                        .limit(2)
                        .count()
                > 1;
    }

    /** The table for the terminal. */
    public static Table table(LabeledPredictions predictions, LabelScale scale) {
        Table table = new Table("image", "truth", "NumCLIP", "likeliest concepts");
        for (int n : across(predictions)) {
            LabeledImage image = predictions.images().get(n);
            Prediction prediction = predictions.predictions().get(n);
            table.row(
                    image.name(),
                    PlainText.number(image.label(), scale),
                    PlainText.number(prediction.value(), scale),
                    concepts(prediction));
        }
        return table;
    }

    /** Such as {@code teenager 71 %, child 25 %}. */
    public static String concepts(Prediction prediction) {
        return prediction.likeliest(CONCEPTS).stream()
                .map(concept -> concept.concept() + " " + PlainText.percent(concept.probability()))
                .collect(Collectors.joining(", "));
    }

    private static double width(Prediction prediction) {
        return prediction.interval().map(interval -> interval.width()).orElse(0.0);
    }

    private static double entropy(double[] probabilities) {
        double entropy = 0;
        for (double probability : probabilities) {
            entropy -= probability > 0 ? probability * Math.log(probability) : 0;
        }
        return entropy;
    }

    private static List<Integer> sorted(LabeledPredictions predictions, IntToDoubleFunction by) {
        return IntStream.range(0, predictions.size())
                .boxed()
                .sorted(Comparator.comparingDouble(by::applyAsDouble))
                .toList();
    }

    private static List<Integer> first(List<Integer> indices) {
        return indices.stream().limit(COUNT).toList();
    }
}
