package io.numclip.uncertainty;

import io.numclip.data.RefusedSettingException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A known shift: what the images to be predicted are, where they are not as those of the calibration. Either the bins of
 * the labels or the values of an attribute have other shares; within each, images must be like those of the calibration.
 *
 * @param bins (K) share of the labels in each bin, in the order of the scale; empty: not known
 * @param attribute whose values have other shares; empty: none
 * @param shares of each value of the attribute
 */
public record Target(List<Double> bins, String attribute, Map<String, Double> shares) {

    private static final double ROUNDING = 1e-3; // users write 0.333

    public Target {
        bins = List.copyOf(bins);
        shares = Map.copyOf(shares);
        check("bins", bins);
        check("shares", shares.values());
        if (!bins.isEmpty() && !shares.isEmpty()) {
            throw new RefusedSettingException(List.of("shares", "bins"), "exclude each other; found both");
        }
        if (attribute.isEmpty() != shares.isEmpty()) {
            throw new RefusedSettingException(
                    List.of("attribute", "shares"), "belong together; found one without the other");
        }
    }

    /** No shift is known. */
    public static Target defaults() {
        return new Target(List.of(), "", Map.of());
    }

    boolean isKnown() {
        return !bins.isEmpty() || !shares.isEmpty();
    }

    private static void check(String setting, Collection<Double> shares) {
        double sum = shares.stream().mapToDouble(Double::doubleValue).sum();
        boolean valid = shares.stream().allMatch(share -> share >= 0) && Math.abs(sum - 1) <= ROUNDING;
        if (!shares.isEmpty() && !valid) {
            throw new RefusedSettingException(setting, "must be shares of 0 or more that sum to 1; found " + shares);
        }
    }
}
