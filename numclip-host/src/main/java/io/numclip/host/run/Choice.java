package io.numclip.host.run;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.PairedComparison;
import io.numclip.evaluation.Resampling;
import io.numclip.uncertainty.adjustment.Adjustment;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What few labels say of a network's numbers: as they are, with an offset, or with a slope, too. That is taken whose error is
 * smaller by leaving one out, if a sign-flip test says that labels do not lie by chance on one side, or on other sides at both
 * ends. Such tests find more than one of the errors, and are as seldom wrong ({@code ChoiceTest}).
 *
 * @param adjustment {@link Adjustment#NONE} if nothing is better
 * @param heldOut each number by the images of other groups, on the scale
 * @param error of the held-out numbers, of an offset if nothing is better, against the error that was shown
 * @param chance the p-value of the test
 */
record Choice(Adjustment adjustment, LabeledPredictions heldOut, PairedComparison error, double chance) {

    /** With fewer groups the test of an offset, at 5 %, always fails. */
    static final int FEWEST = 6;

    /** Likewise that of a slope, at 1 %. */
    static final int FEWEST_FOR_SLOPE = 8;

    /**
     * @param network numbers that are not rounded
     * @param shown errors (N) of what the model shows
     * @param words whether it shows words: then errors are compared, for the network's numbers are no offset away
     */
    static Choice of(LabeledPredictions network, double[] shown, LabelScale scale, List<String> groups, boolean words) {
        double[] numbers = network.values();
        double[] labels = network.labels();
        Choice offset = fitted(Adjustment::offset, network, shown, scale, groups);
        Choice line = fitted(Adjustment::line, network, shown, scale, groups);
        double centre = Arrays.stream(numbers).average().orElseThrow();
        double[] turns = new double[numbers.length];
        Arrays.setAll(turns, n -> (labels[n] - offset.adjustment.of(numbers[n])) * (numbers[n] - centre));
        PairedComparison moved = words ? offset.error : compared(labels, numbers, groups);
        PairedComparison turned = words ? line.error : compared(turns, new double[turns.length], groups);
        boolean isMoved = offset.error.difference() < 0 && moved.pValue() <= 0.05;
        if (turned.pValue() <= 0.01 && line.error.first() < (isMoved ? offset.error.first() : offset.error.second())) {
            return new Choice(line.adjustment, line.heldOut, line.error, turned.pValue());
        }
        return isMoved
                ? new Choice(offset.adjustment, offset.heldOut, offset.error, moved.pValue())
                : new Choice(Adjustment.NONE, onScale(network, numbers, scale), offset.error, moved.pValue());
    }

    private static Choice fitted(
            BiFunction<double[], double[], Adjustment> fit,
            LabeledPredictions network,
            double[] shown,
            LabelScale scale,
            List<String> groups) {
        double[] numbers = network.values();
        double[] labels = network.labels();
        LabeledPredictions heldOut = onScale(network, Adjustment.heldOut(numbers, labels, groups, fit), scale);
        return new Choice(fit.apply(numbers, labels), heldOut, compared(heldOut.errors(), shown, groups), 1);
    }

    /** The predictions of the network with other numbers. */
    static LabeledPredictions onScale(LabeledPredictions network, double[] numbers, LabelScale scale) {
        List<Prediction> predictions = IntStream.range(0, numbers.length)
                .mapToObj(n -> new Prediction(
                        scale.clamp(numbers[n]), network.predictions().get(n).concepts()))
                .toList();
        return new LabeledPredictions(network.images(), predictions);
    }

    private static PairedComparison compared(double[] first, double[] second, List<String> groups) {
        return PairedComparison.of(first, second, Clusters.of(groups), new int[first.length], Resampling.defaults());
    }

    boolean changes() {
        return adjustment.images() > 0;
    }
}
