package io.numclip.uncertainty;

import io.numclip.data.Bins;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.NumClipException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Widths for a known shift: calibration scores weighted by how much more common their stratum, a bin of labels or a value
 * of an attribute, is among the images to be predicted (Tibshirani, Barber, Candès and Ramdas, NeurIPS 2019, section 2;
 * for labels Podkopaev and Ramdas, UAI 2021). Their shares in the calibration are counted, so the promise holds up to the
 * error of these shares.
 *
 * @param attribute whose values are the strata; empty: the bins
 * @param widths by stratum, bins by number from 0: half the width of an interval of difficulty 1
 */
public record TargetWidths(String attribute, Map<String, Double> widths) {

    /** @throws IllegalArgumentException if one is missing, as in a damaged file */
    public TargetWidths {
        if (attribute == null || widths == null) {
            throw new IllegalArgumentException("widths or their attribute are missing");
        }
        widths = Map.copyOf(widths);
    }

    /** @param scores (n) of the calibration images */
    static TargetWidths fit(
            Target target, Bins bins, LabeledPredictions calibrating, double[] scores, double coverage) {
        Map<String, Double> shares = new HashMap<>(target.shares());
        if (shares.isEmpty() && target.bins().size() != bins.size()) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "uncertainty.target.bins: expected " + bins.size() + " shares, one for each bin; found "
                            + target.bins().size(),
                    "name a share for each of " + bins.concepts());
        }
        IntStream.range(0, target.bins().size())
                .forEach(k -> shares.put(String.valueOf(k), target.bins().get(k)));
        String[] strata = calibrating.images().stream()
                .map(image -> target.shares().isEmpty()
                        ? String.valueOf(bins.indexOf(image.label()))
                        : image.attribute(target.attribute()))
                .toArray(String[]::new);
        Map<String, Double> widths = new HashMap<>();
        shares.keySet().forEach(stratum -> widths.put(stratum, quantile(stratum, shares, strata, scores, coverage)));
        return new TargetWidths(target.attribute(), widths);
    }

    /** For an image of a stratum; infinite where too little of the weight is in the scores. */
    static double quantile(
            String stratum, Map<String, Double> shares, String[] strata, double[] scores, double coverage) {
        Map<String, Integer> counts = new HashMap<>();
        for (String each : strata) {
            counts.merge(each, 1, Integer::sum);
        }
        if (!counts.containsKey(stratum)) {
            return Double.POSITIVE_INFINITY;
        }
        double own = shares.getOrDefault(stratum, 0.0) / counts.getOrDefault(stratum, 1);
        double all =
                own + shares.values().stream().mapToDouble(Double::doubleValue).sum();
        double below = 0;
        for (int n : ascending(scores)) {
            below += shares.getOrDefault(strata[n], 0.0) / counts.getOrDefault(strata[n], 1);
            if (below >= coverage * all - ConformalQuantile.ROUNDING) {
                return scores[n];
            }
        }
        return Double.POSITIVE_INFINITY;
    }

    private static int[] ascending(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> scores[n]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** That a value has no width; empty if it has one, or is not known. */
    Optional<String> doubt(Map<String, String> attributes) {
        String value = attributes.getOrDefault(attribute, "");
        return value.isBlank() || widths.containsKey(value)
                ? Optional.empty()
                : Optional.of("no share was given for " + attribute + " '" + value
                        + "', so intervals are the whole scale; there are shares for "
                        + String.join(", ", new TreeSet<>(widths.keySet())));
    }

    /**
     * How far the interval reaches, before it ends at the scale. By bins, a label is in it if it is near enough for the
     * bin that it lies in; gaps between such labels are filled.
     *
     * @param attributes of the image; if they do not say which stratum it is of, it has the largest width
     * @return lower and upper end
     */
    double[] around(double value, double expectedError, Bins bins, Map<String, String> attributes) {
        if (!attribute.isEmpty()) {
            double largest = widths.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElseThrow();
            String stratum = attributes.getOrDefault(attribute, "");
            double known = widths.getOrDefault(stratum, Double.POSITIVE_INFINITY);
            double half = expectedError * (stratum.isBlank() ? largest : known);
            return new double[] {value - half, value + half};
        }
        double[] ends = {value, value};
        for (int k = 0; k < bins.size(); k++) {
            double half = expectedError * widths.getOrDefault(String.valueOf(k), Double.POSITIVE_INFINITY);
            double lower = Math.max(value - half, bins.get(k).lower());
            double upper = Math.min(value + half, bins.get(k).upper());
            if (lower <= upper) {
                ends[0] = Math.min(ends[0], lower);
                ends[1] = Math.max(ends[1], upper);
            }
        }
        return ends;
    }
}
