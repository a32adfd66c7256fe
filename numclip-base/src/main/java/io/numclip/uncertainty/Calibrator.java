package io.numclip.uncertainty;

import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import io.numclip.uncertainty.temperature.Likelihood;
import io.numclip.uncertainty.temperature.OpinionPool;
import io.numclip.uncertainty.temperature.Temperature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Split-conformal calibration on two sets of images that the model was not trained on: the first shapes the scores
 * (difficulty, and whether words say more than errors), the second, which influenced nothing before, gives their quantiles. The
 * promised coverage rests on one assumption: a new image is as likely to have the largest score as any image of the second set.
 */
public final class Calibrator {

    private final Bins bins;
    private final LabelScale scale;
    private final UncertaintyConfig config;
    private final String group;

    /** @param group attribute that says which images belong together */
    public Calibrator(Bins bins, LabelScale scale, UncertaintyConfig config, String group) {
        this.bins = bins;
        this.scale = scale;
        this.config = config;
        this.group = group;
    }

    /**
     * @param trainingLabels not empty
     * @param shaping such as the images on which the best epoch was chosen; not empty
     * @param calibrating at least {@link ConformalQuantile#fewest} images for the coverage
     */
    public Calibration fit(double[] trainingLabels, LabeledPredictions shaping, LabeledPredictions calibrating) {
        Calibration byErrors = pooled(fit(trainingLabels, shaping, calibrating, false), shaping, calibrating);
        if (!mayBeOfWords() || shaping.size() < ConformalQuantile.fewest(config.coverage())) {
            return byErrors;
        }
        double words =
                Likelihood.of(probabilities(shaping), bins(shaping.labels())).negativeLogLikelihood();
        return words < ofErrors(trainingLabels, shaping)
                ? fit(
                        trainingLabels,
                        NumberForm.likeliest(shaping, bins),
                        NumberForm.likeliest(calibrating, bins),
                        true)
                : byErrors;
    }

    /** Chances of errors and words together, by all these images, where that is likelier. */
    private Calibration pooled(Calibration calibration, LabeledPredictions... known) {
        CalibratedPredictions predictions = new CalibratedPredictions(calibration, bins, scale);
        List<double[][]> opinions = new ArrayList<>();
        List<Double> labels = new ArrayList<>();
        for (LabeledPredictions each : known) {
            for (int n = 0; n < each.size(); n++) {
                LabeledImage image = each.images().get(n);
                opinions.add(predictions.opinions(each.predictions().get(n), image.attributes()));
                labels.add(image.label());
            }
        }
        return OpinionPool.kept(
                        opinions.stream().map(both -> both[0]).toArray(double[][]::new),
                        opinions.stream().map(both -> both[1]).toArray(double[][]::new),
                        labels.stream().mapToInt(bins::indexOf).toArray())
                .map(calibration::pooledBy)
                .orElse(calibration);
    }

    /** Bands between quantiles, and widths for other labels, are distances on the scale. */
    private boolean mayBeOfWords() {
        return NumberForm.isOnePerWord(bins, scale)
                && config.interval() != IntervalForm.CQR
                && !config.target().isKnown();
    }

    /** The negative log-likelihood of the images that the errors are of, which flatters them a little. */
    private double ofErrors(double[] trainingLabels, LabeledPredictions shaping) {
        CalibratedPredictions known =
                new CalibratedPredictions(fit(trainingLabels, shaping, shaping, false), bins, scale);
        return Likelihood.of(probabilities(known.calibrated(shaping)), bins(shaping.labels()))
                .negativeLogLikelihood();
    }

    private Calibration fit(
            double[] trainingLabels, LabeledPredictions shaping, LabeledPredictions calibrating, boolean words) {
        double temperature = Temperature.kept(probabilities(shaping), bins(shaping.labels()));
        double[][] probabilities = tempered(temperature, calibrating);
        Difficulty difficulty = words
                ? Difficulty.constant(bins.size())
                : Difficulty.fit(bins.anchors(), tempered(temperature, shaping), shaping.errors());
        double[] errors = words ? setScores(probabilities, bins(calibrating.labels())) : calibrating.errors();
        double[] normalised = normalised(errors, probabilities, difficulty);
        double plain = ConformalQuantile.of(errors, config.coverage());
        double quantile = ConformalQuantile.of(normalised, config.coverage());
        List<Integer> groups = merged(shaping, calibrating.size());
        return new Calibration(
                config.coverage(),
                calibrating.size(),
                temperature,
                difficulty,
                plain,
                quantile,
                perBin(groups, calibrating, errors),
                groups,
                byGroup(shaping, calibrating, normalised),
                weighted(calibrating, normalised),
                cqr(shaping, tempered(temperature, shaping), calibrating, probabilities),
                words ? NumberForm.words() : NumberForm.errors(normalised),
                Arrays.stream(trainingLabels).min().orElseThrow(),
                Arrays.stream(trainingLabels).max().orElseThrow(),
                Sample.of(calibrating, missed(errors, plain), bins, group),
                config.interval(),
                config.abstainAbove(),
                cuts(calibrating));
    }

    /**
     * For other images, of which there are few: all bins share a width, and there is none for groups, for a known shift or between
     * quantiles.
     *
     * @param known gives temperature and expected errors; null: the model had no calibration
     * @param heldOut each predicted by a model that had not seen the image, of {@link ConformalQuantile#fewest} groups at least
     * @param words whether the words are the distribution
     */
    public Calibration again(@Nullable Calibration known, LabeledPredictions heldOut, boolean words) {
        double temperature = known == null ? 1 : known.temperature();
        Difficulty difficulty = known == null ? Difficulty.constant(bins.size()) : known.difficulty();
        double[][] probabilities = tempered(temperature, heldOut);
        double[] errors = words ? setScores(probabilities, bins(heldOut.labels())) : heldOut.errors();
        double[] normalised = normalised(errors, probabilities, difficulty);
        List<String> groups = Size.groups(heldOut.images(), group);
        double plain = ConformalQuantile.ofGroups(errors, groups, config.coverage());
        boolean keepsForm = config.interval() == IntervalForm.PLAIN || config.interval() == IntervalForm.PER_BIN;
        Calibration fresh = new Calibration(
                config.coverage(),
                heldOut.size(),
                temperature,
                difficulty,
                plain,
                ConformalQuantile.ofGroups(normalised, groups, config.coverage()),
                Collections.nCopies(bins.size(), plain),
                Collections.nCopies(bins.size(), 0),
                null,
                null,
                null,
                words ? NumberForm.words() : NumberForm.errors(normalised),
                known == null ? scale.minimum() : known.lowestLabel(),
                known == null ? scale.maximum() : known.highestLabel(),
                Sample.of(heldOut, missed(errors, plain), bins, group),
                keepsForm ? config.interval() : IntervalForm.NORMALISED,
                config.abstainAbove(),
                cuts(heldOut));
        return words ? fresh : pooled(fresh, heldOut);
    }

    private List<Cut> cuts(LabeledPredictions calibrating) {
        return config.cuts().stream()
                .map(cut -> Cut.fit(cut, calibrating, group))
                .toList();
    }

    private double[] normalised(double[] errors, double[][] probabilities, Difficulty difficulty) {
        double[] scores = new double[errors.length];
        Arrays.setAll(scores, n -> errors[n] / difficulty.of(bins.anchors(), probabilities[n]));
        return scores;
    }

    /** The quantile of each bin's group; infinite where chance left the group too few images. */
    private List<Double> perBin(List<Integer> groups, LabeledPredictions calibrating, double[] errors) {
        int[] own = bins(calibrating.values());
        return groups.stream()
                .map(group -> IntStream.range(0, errors.length)
                        .filter(n -> groups.get(own[n]).equals(group))
                        .mapToDouble(n -> errors[n])
                        .toArray())
                .map(part -> ConformalQuantile.orInfinity(part, config.coverage()))
                .toList();
    }

    private @Nullable GroupWidths byGroup(
            LabeledPredictions shaping, LabeledPredictions calibrating, double[] normalised) {
        return config.group().isEmpty()
                ? null
                : GroupWidths.fit(
                        config.group(), shaping.images(), calibrating.images(), normalised, config.coverage());
    }

    private @Nullable TargetWidths weighted(LabeledPredictions calibrating, double[] normalised) {
        return config.target().isKnown()
                ? TargetWidths.fit(config.target(), bins, calibrating, normalised, config.coverage())
                : null;
    }

    /** Only if it is asked for: with many concepts, it takes seconds. */
    private @Nullable QuantileBand cqr(
            LabeledPredictions shaping,
            double[][] shapingProbabilities,
            LabeledPredictions calibrating,
            double[][] probabilities) {
        return config.interval() == IntervalForm.CQR
                ? QuantileBand.fit(
                        bins.anchors(), shaping, shapingProbabilities, calibrating, probabilities, config.coverage())
                : null;
    }

    private List<Integer> merged(LabeledPredictions shaping, int calibrating) {
        int[] counts = new int[bins.size()];
        Arrays.stream(bins(shaping.values())).forEach(bin -> counts[bin]++);
        return MergedBins.of(counts, calibrating, ConformalQuantile.fewest(config.coverage()));
    }

    private static double[] missed(double[] errors, double halfWidth) {
        return Arrays.stream(errors).map(error -> error > halfWidth ? 1 : 0).toArray();
    }

    private static double[] setScores(double[][] probabilities, int[] labelBins) {
        double[] scores = new double[labelBins.length];
        Arrays.setAll(scores, n -> OrdinalSet.score(probabilities[n], labelBins[n]));
        return scores;
    }

    private static double[][] tempered(double temperature, LabeledPredictions predictions) {
        return Arrays.stream(probabilities(predictions))
                .map(ofImage -> Temperature.apply(temperature, ofImage))
                .toArray(double[][]::new);
    }

    /** Probabilities (N, K). */
    public static double[][] probabilities(LabeledPredictions predictions) {
        return predictions.predictions().stream().map(Prediction::probabilities).toArray(double[][]::new);
    }

    private int[] bins(double[] numbers) {
        return Arrays.stream(numbers).mapToInt(bins::indexOf).toArray();
    }
}
