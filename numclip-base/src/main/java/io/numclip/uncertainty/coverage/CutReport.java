package io.numclip.uncertainty.coverage;

import io.numclip.uncertainty.Cut;
import org.jspecify.annotations.Nullable;

/**
 * What a cut does to images with known labels: how many it finds on its side, and how many of the others it takes with
 * them.
 *
 * @param chosen by the threshold of the calibration images
 * @param asItIs where the edge itself is the threshold, as if numbers had no errors
 * @param hindsight by the cheapest threshold that keeps the budget on these very images: no rule can be better that looks at
 *     the number alone; null if no image lies on the side
 * @param kept whether not more are missed than the budget and chance allow
 * @param chance of missing as many, if nothing has changed since the calibration
 */
public record CutReport(
        Cut cut, Outcome chosen, Outcome asItIs, @Nullable Outcome hindsight, boolean kept, double chance) {

    /**
     * @param threshold null: every image is called so
     * @param recall the share of the images on the side that are called so; null if there are none
     * @param cost the share of the other images that are called so; null if there are none
     */
    public record Outcome(
            @Nullable Double threshold,
            @Nullable Share recall,
            @Nullable Share cost) {}
}
