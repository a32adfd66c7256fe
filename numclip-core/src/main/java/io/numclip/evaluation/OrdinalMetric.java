package io.numclip.evaluation;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * A measure of how good predictions are: a name and a function. Value, label and error are in the unit of the label
 * scale; classes are bins.
 */
public enum OrdinalMetric {
    /** Mean of |value − label|. */
    MAE(
            "mae",
            "MAE",
            Better.LOWER,
            LooksAt.VALUE,
            mean((images, i) -> Math.abs(images.values()[i] - images.truth().labels()[i]))),
    /** Root of the mean of (value − label)². */
    RMSE(
            "rmse",
            "RMSE",
            Better.LOWER,
            LooksAt.VALUE,
            rootMean((images, i) -> square(images.values()[i] - images.truth().labels()[i]))),
    /** Cumulative score: share of images with |value − label| of at most a tolerance k (Geng et al. 2007). */
    CUMULATIVE_SCORE(
            "cumulativeScore",
            "CS@k",
            Better.HIGHER,
            LooksAt.VALUE,
            share((images, i) -> Math.abs(images.values()[i] - images.truth().labels()[i]) <= images.tolerance())),
    /** Average of the MAEs of the classes that have an image (Baccianella, Esuli, Sebastiani 2009). */
    AMAE(
            "amae",
            "AMAE",
            Better.LOWER,
            LooksAt.VALUE,
            images -> counts -> NumberErrors.averageOverClasses(
                    images.truth().labels(),
                    images.values(),
                    images.truth().labelBins(),
                    images.truth().bins(),
                    counts)),
    /** Maximum of the MAEs of the classes (Cruz-Ramírez et al. 2014). */
    MMAE(
            "mmae",
            "MMAE",
            Better.LOWER,
            LooksAt.VALUE,
            images -> counts -> NumberErrors.worstClass(
                    images.truth().labels(),
                    images.values(),
                    images.truth().labelBins(),
                    images.truth().bins(),
                    counts)),
    /** Share of images whose concept, as {@link io.numclip.data.Prediction#concept} says it, holds the label. */
    ACCURACY(
            "accuracy",
            "accuracy",
            Better.HIGHER,
            LooksAt.BIN,
            share((images, i) -> images.conceptBins()[i] == images.truth().bin(i))),
    /** Share of images whose concept holds the label or is a neighbour of the one that does. */
    OFF_BY_ONE(
            "offByOne",
            "off-by-one",
            Better.HIGHER,
            LooksAt.BIN,
            share((images, i) ->
                    Math.abs(images.conceptBins()[i] - images.truth().bin(i)) <= 1)),
    /** Mean distance, in classes, of the concept from that of the label. */
    CLASS_MAE("classMae", "class MAE", Better.LOWER, LooksAt.BIN, mean((images, i) ->
            (double) Math.abs(images.conceptBins()[i] - images.truth().bin(i)))),
    /** Mean of |Σ_k k · P(k) − class of the label|, classes counted from 0; not rounded. */
    EXPECTED_CLASS_MAE(
            "expectedClassMae",
            "class MAE, expected",
            Better.LOWER,
            LooksAt.BIN,
            mean((images, i) ->
                    Math.abs(images.expectedBins()[i] - images.truth().bin(i)))),
    /** Share of images whose rounded Σ_k k · P(k) is the class of the label; halves are rounded to even. */
    EXPECTED_ACCURACY(
            "expectedAccuracy",
            "accuracy, expected",
            Better.HIGHER,
            LooksAt.BIN,
            share((images, i) ->
                    Math.rint(images.expectedBins()[i]) == images.truth().bin(i))),
    /** Cohen's kappa with quadratic weights; undefined if all labels and predictions lie in one bin. */
    QUADRATIC_KAPPA(
            "quadraticKappa",
            "kappa",
            Better.HIGHER,
            LooksAt.BIN,
            images -> counts -> BinAgreement.quadraticKappa(images.truth().labelBins(), images.conceptBins(), counts)),
    /** Ranked probability score: mean over images of Σ_k (P(y ≤ k) − [label ≤ k])². */
    RPS("rps", "RPS", Better.LOWER, LooksAt.PROBABILITIES, mean((images, i) -> images.rankedProbabilityScores()[i])),
    /** Rank correlation of values and labels; ties share their mean rank; undefined if either side is constant. */
    SPEARMAN(
            "spearman",
            "Spearman",
            Better.HIGHER,
            LooksAt.ORDER,
            images -> counts -> Correlation.spearman(images.truth().ranking(), images.ranking(), counts)),
    /** Linear correlation of values and labels; undefined if either side is constant. */
    PEARSON(
            "pearson",
            "Pearson",
            Better.HIGHER,
            LooksAt.ORDER,
            images -> counts -> Correlation.pearson(images.truth().labels(), images.values(), counts)),
    /** Kendall's tau-b of values and labels; undefined if either side is constant. */
    KENDALL(
            "kendall",
            "Kendall",
            Better.HIGHER,
            LooksAt.ORDER,
            images -> counts -> Correlation.kendall(images.truth().ranking(), images.ranking(), counts));

    private enum Better {
        LOWER,
        HIGHER
    }

    /** What a metric looks at in a prediction. */
    enum LooksAt {
        VALUE,
        BIN,
        PROBABILITIES,
        /** How the values of different images compare; undefined for a constant. */
        ORDER
    }

    /** A metric on certain predictions. */
    interface Statistic {
        /** @param counts how often each image counts, at least one of them above 0 */
        OptionalDouble of(int[] counts);
    }

    /** Looks at one image of many. */
    private interface PerImage<T> {
        T of(Scored images, int image);
    }

    private final String key;
    private final String title;
    private final Better better;
    private final LooksAt looksAt;

    @SuppressWarnings("ImmutableEnumChecker") // only functions without state, from this package
    private final Function<Scored, Statistic> statistic;

    OrdinalMetric(String key, String title, Better better, LooksAt looksAt, Function<Scored, Statistic> statistic) {
        this.key = key;
        this.title = title;
        this.better = better;
        this.looksAt = looksAt;
        this.statistic = statistic;
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
    public OptionalDouble of(Scored images) {
        int[] once = new int[images.count()];
        Arrays.fill(once, 1);
        return on(images).of(once);
    }

    /** What each image adds is computed once, however often the images are counted anew. */
    Statistic on(Scored images) {
        return statistic.apply(images);
    }

    private static Function<Scored, Statistic> mean(PerImage<Double> figure) {
        return images -> {
            double[] column = new double[images.count()];
            Arrays.setAll(column, i -> figure.of(images, i));
            return counts -> OptionalDouble.of(Means.of(column, counts));
        };
    }

    private static Function<Scored, Statistic> rootMean(PerImage<Double> figure) {
        return images -> {
            Statistic mean = mean(figure).apply(images);
            return counts -> OptionalDouble.of(Math.sqrt(mean.of(counts).orElseThrow()));
        };
    }

    private static Function<Scored, Statistic> share(PerImage<Boolean> property) {
        return mean((images, i) -> property.of(images, i) ? 1.0 : 0.0);
    }

    private static double square(double number) {
        return number * number;
    }

    LooksAt looksAt() {
        return looksAt;
    }

    public boolean isBetter(double candidate, double than) {
        return better == Better.LOWER ? candidate < than : candidate > than;
    }
}
