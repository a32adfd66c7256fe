package io.numclip.evaluation;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A figure that says how good predictions are: a name and a function. */
public enum OrdinalMetric {
    /** Mean of |value − label|, in the unit of the label scale. */
    MAE("mae", "MAE", Better.LOWER, mean(scored -> Math.abs(scored.error()))),
    /** Share of images whose likeliest concept holds the label. */
    ACCURACY("accuracy", "accuracy", Better.HIGHER, mean(scored -> scored.binDistance() == 0 ? 1 : 0)),
    /** Share of images whose likeliest concept holds the label or is its neighbour. */
    OFF_BY_ONE("offByOne", "off-by-one", Better.HIGHER, mean(scored -> scored.binDistance() <= 1 ? 1 : 0)),
    /** Root of the mean of (value − label)², in the unit of the label scale. */
    RMSE("rmse", "RMSE", Better.LOWER, OrdinalMetric::rootMeanSquare),
    /** Rank correlation of values and labels; ties share their mean rank; undefined if either side is constant. */
    SPEARMAN("spearman", "Spearman", Better.HIGHER, RankCorrelation::spearman);

    private enum Better {
        LOWER,
        HIGHER
    }

    private final String key;
    private final String title;
    private final Better better;

    @SuppressWarnings("ImmutableEnumChecker") // only functions without state, from this file
    private final Function<List<Scored>, OptionalDouble> function;

    OrdinalMetric(String key, String title, Better better, Function<List<Scored>, OptionalDouble> function) {
        this.key = key;
        this.title = title;
        this.better = better;
        this.function = function;
    }

    /** The name in JSON files. */
    public String key() {
        return key;
    }

    /** The name in tables. */
    public String title() {
        return title;
    }

    /** @return empty where the figure is undefined */
    public OptionalDouble of(List<Scored> scored) {
        return function.apply(scored);
    }

    public boolean isBetter(double candidate, double than) {
        return better == Better.LOWER ? candidate < than : candidate > than;
    }

    private static Function<List<Scored>, OptionalDouble> mean(ToDoubleFunction<Scored> figure) {
        return scored -> scored.stream().mapToDouble(figure).average();
    }

    private static OptionalDouble rootMeanSquare(List<Scored> scored) {
        OptionalDouble square = mean(image -> image.error() * image.error()).apply(scored);
        return square.isPresent() ? OptionalDouble.of(Math.sqrt(square.getAsDouble())) : square;
    }
}
