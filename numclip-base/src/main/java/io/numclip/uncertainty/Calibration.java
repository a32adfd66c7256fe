package io.numclip.uncertainty;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.uncertainty.temperature.OpinionPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the errors of a trained model. Stored with the model.
 *
 * @param coverage the share of labels that intervals and sets contain
 * @param images number of images on which the widths were calibrated
 * @param temperature of the words' probabilities
 * @param difficulty scales the normalised intervals
 * @param plain half the width of every plain interval
 * @param normalised half the width of a normalised interval of difficulty 1
 * @param perBin half the width of the intervals around values in each bin; infinite where nothing less can be promised
 * @param binGroups the group of neighbours to which each bin belongs; the bins of one share their width
 * @param group widths by an attribute; null if not asked for
 * @param weighted widths for a known shift; null if none is known
 * @param cqr band between two quantiles; null if not asked for
 * @param form of the distributions; null for a model of before there were any: then the words' probabilities are shown
 * @param lowestLabel of the training images
 * @param highestLabel of the training images
 * @param sample what the calibration images were; null for a model of before this was kept
 * @param interval the form that predictions show
 * @param abstainAbove the width above which predictions are marked as abstained; 0: none
 * @param cuts sides of edges with a budget for misses
 */
public record Calibration(
        double coverage,
        int images,
        double temperature,
        Difficulty difficulty,
        double plain,
        double normalised,
        List<Double> perBin,
        @Nullable List<Integer> binGroups,
        @Nullable GroupWidths group,
        @Nullable TargetWidths weighted,
        @Nullable QuantileBand cqr,
        @Nullable NumberForm form,
        double lowestLabel,
        double highestLabel,
        @Nullable Sample sample,
        IntervalForm interval,
        double abstainAbove,
        @Nullable List<Cut> cuts) {

    public Calibration {
        ConformalQuantile.checkCoverage(coverage);
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("temperature must be above 0; found " + temperature);
        }
        perBin = List.copyOf(perBin);
        // models of before had no groups
        binGroups =
                binGroups == null ? IntStream.range(0, perBin.size()).boxed().toList() : List.copyOf(binGroups);
        cuts = cuts == null ? List.of() : List.copyOf(cuts); // nor cuts
    }

    @Override
    public List<Cut> cuts() {
        return Objects.requireNonNull(cuts);
    }

    /** (K) the group of neighbours to which each bin belongs. */
    @Override
    public List<Integer> binGroups() {
        return Objects.requireNonNull(binGroups);
    }

    /** The forms of intervals that are calibrated. */
    public List<IntervalForm> forms() {
        List<IntervalForm> forms =
                new ArrayList<>(List.of(IntervalForm.PLAIN, IntervalForm.NORMALISED, IntervalForm.PER_BIN));
        if (group != null) {
            forms.add(IntervalForm.GROUP);
        }
        if (weighted != null) {
            forms.add(IntervalForm.WEIGHTED);
        }
        if (cqr != null) {
            forms.add(IntervalForm.CQR);
        }
        return forms;
    }

    /** Names of the attributes that intervals depend on. */
    public SortedSet<String> attributes() {
        SortedSet<String> names = new TreeSet<>();
        if (group != null) {
            names.add(group.attribute());
        }
        if (weighted != null && !weighted.attribute().isEmpty()) {
            names.add(weighted.attribute());
        }
        return names;
    }

    /** What the user should know of intervals of the shown form, for images with these attributes. */
    public Optional<String> doubt(Map<String, String> given) {
        return switch (interval) {
            case GROUP -> Objects.requireNonNull(group).doubt(given);
            case WEIGHTED -> Objects.requireNonNull(weighted).doubt(given);
            default -> Optional.empty();
        };
    }

    /**
     * A copy with other values of the user's settings that need no new calibration; null: as they are.
     *
     * @throws NumClipException if the form is not calibrated
     */
    public Calibration shownAs(@Nullable IntervalForm asked, @Nullable Double abstainAboveWidth) {
        if (asked != null && !forms().contains(asked)) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "the model has no intervals of the form " + asked + "; it has " + forms(),
                    "ask for one of these, or train again with uncertainty.interval=" + asked);
        }
        return with(
                form, asked == null ? interval : asked, abstainAboveWidth == null ? abstainAbove : abstainAboveWidth);
    }

    /** Why a model without calibration cannot be shown in another way. */
    public static NumClipException missing(Path model) {
        return new NumClipException(
                NumClipException.Kind.USAGE,
                model + ": the model is not calibrated, so its predictions have no intervals",
                "ask for no interval and no abstention, or train with uncertainty.calibration above 0");
    }

    /** A copy whose chances are those of errors and words together. */
    Calibration pooledBy(OpinionPool pool) {
        return with(Objects.requireNonNull(form).pooledBy(pool), interval, abstainAbove);
    }

    private Calibration with(@Nullable NumberForm other, IntervalForm asked, double abstainAboveWidth) {
        return new Calibration(
                coverage,
                images,
                temperature,
                difficulty,
                plain,
                normalised,
                perBin,
                binGroups,
                group,
                weighted,
                cqr,
                other,
                lowestLabel,
                highestLabel,
                sample,
                asked,
                abstainAboveWidth,
                cuts);
    }

    /** Whether the likeliest word is the number, and its probability that of the number. */
    boolean isOfWords() {
        return form != null && form.ofWords();
    }

    /** Whether distributions have the shape of errors. */
    boolean hasErrors() {
        return form != null && !form.ofWords();
    }

    /**
     * What the distribution of an image is spread around, so that it holds the interval as often as that promises. A side that the
     * interval leaves nothing of has the expected error, and an interval without an end is the whole scale.
     *
     * @param ends of the interval, before it ends at the scale
     * @param probabilities (K) of the words
     */
    NumberForm.Around around(double value, double[] ends, double[] probabilities, Bins bins, LabelScale scale) {
        DoubleUnaryOperator error =
                half -> half > 0 && normalised > 0 ? half / normalised : difficulty.of(bins.anchors(), probabilities);
        return new NumberForm.Around(
                value,
                error.applyAsDouble(value - finite(ends[0], scale)),
                error.applyAsDouble(finite(ends[1], scale) - value));
    }

    private static double finite(double end, LabelScale scale) {
        return Double.isInfinite(end) ? scale.within(end) : end;
    }

    /**
     * Lower and upper end of an interval, before it ends at the scale.
     *
     * @param probabilities (K) of the words
     * @param attributes of the image, as far as they are known
     */
    double[] ends(IntervalForm asked, double value, double[] probabilities, Bins bins, Map<String, String> attributes) {
        if (isOfWords()) {
            OrdinalSet set = OrdinalSet.of(probabilities, width(asked, value, 1, bins, attributes));
            return new double[] {NumberForm.number(bins.get(set.first())), NumberForm.number(bins.get(set.last()))};
        }
        double expectedError = difficulty.of(bins.anchors(), probabilities);
        return switch (asked) {
            case WEIGHTED -> Objects.requireNonNull(weighted).around(value, expectedError, bins, attributes);
            case CQR -> Objects.requireNonNull(cqr).around(value, bins.anchors(), probabilities);
            default -> {
                double half = width(asked, value, expectedError, bins, attributes);
                yield new double[] {value - half, value + half};
            }
        };
    }

    /** Half an interval; of words, the probability before the last one. */
    private double width(
            IntervalForm asked, double value, double expectedError, Bins bins, Map<String, String> attributes) {
        return switch (asked) {
            case PLAIN -> plain;
            case NORMALISED -> normalised * expectedError;
            case PER_BIN -> perBin.get(bins.indexOf(value));
            case GROUP -> Objects.requireNonNull(group).of(attributes) * expectedError;
            default -> throw new IllegalArgumentException("not symmetric: " + asked);
        };
    }
}
