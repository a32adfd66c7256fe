package io.numclip.uncertainty;

import io.numclip.data.Bins;
import io.numclip.data.LabeledPredictions;
import io.numclip.data.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Split-conformal calibration on two sets of images that the model was not trained on: the first shapes the scores
 * (temperature and difficulty), the second, which influenced nothing before, gives their quantiles. The promised
 * coverage rests on one assumption: a new image is as likely to have the largest score as any image of the second set.
 */
public final class Calibrator {

    private final Bins bins;
    private final UncertaintyConfig config;

    public Calibrator(Bins bins, UncertaintyConfig config) {
        this.bins = bins;
        this.config = config;
    }

    /**
     * @param trainingLabels not empty
     * @param shaping such as the images on which the best epoch was chosen; not empty
     * @param calibrating at least {@link ConformalQuantile#fewest} images for the coverage
     */
    public Calibration fit(double[] trainingLabels, LabeledPredictions shaping, LabeledPredictions calibrating) {
        double temperature = Temperature.fit(probabilities(shaping), bins(shaping.labels()));
        Difficulty difficulty = Difficulty.fit(bins.anchors(), tempered(temperature, shaping), shaping.errors());
        double[][] probabilities = tempered(temperature, calibrating);
        double[] errors = calibrating.errors();
        double plain = ConformalQuantile.of(errors, config.coverage());
        return new Calibration(
                config.coverage(),
                calibrating.size(),
                temperature,
                difficulty,
                plain,
                ConformalQuantile.of(normalised(errors, probabilities, difficulty), config.coverage()),
                perBin(calibrating, errors, plain),
                ConformalQuantile.of(setScores(probabilities, bins(calibrating.labels())), config.coverage()),
                Arrays.stream(trainingLabels).min().orElseThrow(),
                Arrays.stream(trainingLabels).max().orElseThrow(),
                config.interval(),
                config.abstainAbove());
    }

    private double[] normalised(double[] errors, double[][] probabilities, Difficulty difficulty) {
        double[] scores = new double[errors.length];
        Arrays.setAll(scores, n -> errors[n] / difficulty.of(bins.anchors(), probabilities[n]));
        return scores;
    }

    /** A bin with too few images for its own quantile uses that of all images. */
    private List<Double> perBin(LabeledPredictions calibrating, double[] errors, double plain) {
        List<List<Double>> parts = new ArrayList<>();
        bins.forEach(bin -> parts.add(new ArrayList<>()));
        for (int n = 0; n < errors.length; n++) {
            parts.get(bins.indexOf(calibrating.predictions().get(n).value())).add(errors[n]);
        }
        return parts.stream()
                .map(part -> part.stream().mapToDouble(Double::doubleValue).toArray())
                .map(part -> part.length < ConformalQuantile.fewest(config.coverage())
                        ? plain
                        : ConformalQuantile.of(part, config.coverage()))
                .toList();
    }

    private static double[] setScores(double[][] probabilities, int[] labelBins) {
        double[] scores = new double[labelBins.length];
        Arrays.setAll(scores, n -> OrdinalSet.score(probabilities[n], labelBins[n]));
        return scores;
    }

    /** Tempered probabilities (N, K). */
    static double[][] tempered(double temperature, LabeledPredictions predictions) {
        return predictions.predictions().stream()
                .map(raw -> Temperature.apply(temperature, raw.probabilities()))
                .toArray(double[][]::new);
    }

    /** Probabilities (N, K). */
    static double[][] probabilities(LabeledPredictions predictions) {
        return predictions.predictions().stream().map(Prediction::probabilities).toArray(double[][]::new);
    }

    private int[] bins(double[] labels) {
        return Arrays.stream(labels).mapToInt(bins::indexOf).toArray();
    }
}
