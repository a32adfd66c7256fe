package io.numclip.uncertainty.coverage;

import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.uncertainty.Chance;
import io.numclip.uncertainty.ConformalQuantile;
import io.numclip.uncertainty.Cut;
import io.numclip.uncertainty.Size;
import io.numclip.uncertainty.coverage.CutReport.Outcome;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Measures a cut on images that were not used for it. */
public final class CutMeasure {

    private static final double LEVEL = 0.025;

    private final Cut cut;
    private final LabeledPredictions test;
    private final String group;

    private CutMeasure(Cut cut, LabeledPredictions test, String group) {
        this.cut = cut;
        this.test = test;
        this.group = group;
    }

    /** @param group attribute that says which images belong together */
    public static CutReport of(Cut cut, LabeledPredictions test, String group) {
        return new CutMeasure(cut, test, group).report();
    }

    private CutReport report() {
        LabeledPredictions own = test.where(image -> cut.holds(image.label()));
        double chance = own.size() == 0 ? 1 : chance(own);
        return new CutReport(
                cut,
                outcome(cut.threshold(), cut::isCalled),
                outcome(cut.edge(), cut::holds),
                own.size() == 0 ? null : hindsight(own),
                chance > LEVEL,
                chance);
    }

    private Outcome hindsight(LabeledPredictions own) {
        double threshold = cheapest(own);
        double score = cut.side().score(threshold);
        return outcome(threshold, value -> cut.side().score(value) <= score);
    }

    private Outcome outcome(@Nullable Double threshold, DoublePredicate called) {
        return new Outcome(
                threshold,
                share(called, image -> cut.holds(image.label())),
                share(called, image -> !cut.holds(image.label())));
    }

    private @Nullable Share share(DoublePredicate called, Predicate<LabeledImage> among) {
        LabeledPredictions some = test.where(among);
        if (some.size() == 0) {
            return null;
        }
        double[] values = some.values();
        boolean[] has = new boolean[values.length];
        for (int n = 0; n < has.length; n++) {
            has[n] = called.test(values[n]);
        }
        return Share.of(has, some.images(), group);
    }

    /** The threshold that misses as many of the images as the budget has. */
    private double cheapest(LabeledPredictions own) {
        double[] sorted = Cut.scores(cut.side(), own);
        Arrays.sort(sorted);
        int missed = (int) Math.floor(cut.missAtMost() * sorted.length + ConformalQuantile.ROUNDING);
        return cut.side().score(sorted[sorted.length - missed - 1]);
    }

    private double chance(LabeledPredictions own) {
        double[] missed = Arrays.stream(own.values())
                .map(value -> cut.isCalled(value) ? 0 : 1)
                .toArray();
        Size tested = Size.of(Size.groups(own.images(), group), missed);
        int count = (int) Arrays.stream(missed).sum();
        return count == 0 ? 1 : Chance.ofOutside(count, tested, Size.of(cut.groups()), cut.missAtMost());
    }
}
