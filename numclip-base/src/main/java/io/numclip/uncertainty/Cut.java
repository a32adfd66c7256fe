package io.numclip.uncertainty;

import io.numclip.data.LabeledPredictions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A side of an edge with a threshold for predicted numbers, chosen so that at most a share of the images on that side are
 * missed: the conformal quantile of the values of the calibration images whose labels lie there (Vovk et al. 2005, section
 * 4.5; Sadinle, Lei and Wasserman, JASA 2019, section 2). Groups of images count once.
 *
 * @param missAtMost the budget: the share of the images on this side that may be called otherwise
 * @param images calibration images on this side
 * @param groups that they are of
 * @param threshold the last value that is called so, going up from below or down from above; null where the images are too
 *     few for the budget: then every image is called so
 */
public record Cut(
        Side side,
        double edge,
        double missAtMost,
        int images,
        int groups,
        @Nullable Double threshold) {

    static Cut fit(CutConfig config, LabeledPredictions calibrating, String group) {
        Side side = config.side();
        LabeledPredictions own = calibrating.where(image -> side.holds(image.label(), config.edge()));
        double[] scores = scores(side, own);
        List<String> groups = Size.groups(own.images(), group);
        double last = ConformalQuantile.ofGroups(scores, groups, 1 - config.missAtMost());
        return new Cut(
                side,
                config.edge(),
                config.missAtMost(),
                own.size(),
                (int) groups.stream().distinct().count(),
                Double.isInfinite(last) ? null : side.score(last));
    }

    /** (N) as {@link Side#score}. */
    public static double[] scores(Side side, LabeledPredictions predictions) {
        return IntStream.range(0, predictions.size())
                .mapToDouble(n -> side.score(predictions.predictions().get(n).value()))
                .toArray();
    }

    /** Such as {@code below 18}. */
    public String name() {
        return side.of(edge);
    }

    /** Whether an image with this predicted number is called to be on this side. */
    public boolean isCalled(double value) {
        return threshold == null || side.score(value) <= side.score(threshold);
    }

    /** Whether a number lies on this side. */
    public boolean holds(double number) {
        return side.holds(number, edge);
    }

    /** Whether it is what a user has asked for. */
    public boolean is(CutConfig config) {
        return side == config.side() && edge == config.edge() && missAtMost == config.missAtMost();
    }

    /** The budget in percent, such as {@code 1 %}. */
    public String budget() {
        return ExactNumber.text(Math.rint(1e6 * missAtMost) / 1e4) + " %";
    }

    /** Why there is no threshold, in a sentence; empty if there is one. */
    public Optional<String> problem() {
        if (threshold != null) {
            return Optional.empty();
        }
        String found = groups == images ? String.valueOf(images) : images + " of " + groups + " groups";
        return Optional.of(String.format(
                Locale.ROOT,
                "the cut '%s' has no threshold, so every image is treated as %s: to miss at most %s it needs at least %d"
                        + " calibration images %s%s; found %s",
                name(),
                name(),
                budget(),
                ConformalQuantile.fewest(1 - missAtMost),
                name(),
                groups == images ? "" : ", each of another group",
                found));
    }
}
