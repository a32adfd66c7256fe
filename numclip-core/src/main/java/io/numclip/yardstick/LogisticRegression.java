package io.numclip.yardstick;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import io.numclip.data.Bins;
import io.numclip.data.Prediction;
import io.numclip.input.Stopping;
import io.numclip.machine.ProcessorShare;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * L2-regularised logistic regression, one concept against the rest, on standardised features (Fan et al., LIBLINEAR,
 * JMLR 2008). The number is the mean or the median of the concepts' anchors under the probabilities, which are divided by their sum.
 */
public final class LogisticRegression implements Yardstick {

    private static final List<Double> STRENGTHS = List.of(1e-3, 1e-2, 1e-1, 1.0);
    private static final double PRECISION = 1e-3;

    private final Bins bins;
    private final Standardisation standardisation;
    private final Model model;
    private final boolean isMedian;

    private LogisticRegression(Bins bins, Standardisation standardisation, Model model, boolean isMedian) {
        this.bins = bins;
        this.standardisation = standardisation;
        this.model = model;
        this.isMedian = isMedian;
    }

    /** The same with the median, which is nearer where concepts far from each other are confused. */
    LogisticRegression median() {
        return new LogisticRegression(bins, standardisation, model, true);
    }

    /**
     * With the C of 0.001, 0.01, 0.1, 1, and the mean or the median, that have the lowest MAE on the validation images; the smaller C of
     * equals, and the mean.
     */
    public static LogisticRegression fit(KnownImages train, KnownImages validation, Bins bins) {
        Stopping.ifAsked();
        return new Fitting(train, bins)
                .withEach(STRENGTHS).stream()
                        .flatMap(fitted -> Stream.of(fitted, fitted.median()))
                        .map(candidate -> Map.entry(error(candidate, validation), candidate))
                        .min(Map.Entry.comparingByKey())
                        .orElseThrow()
                        .getValue();
    }

    private static double error(LogisticRegression candidate, KnownImages validation) {
        return validation.meanAbsoluteError(candidate.predict(validation.features()));
    }

    /** The training images as LIBLINEAR reads them, for any strength. */
    static final class Fitting {

        private final Bins bins;
        private final Standardisation standardisation;
        private final Problem problem = new Problem();

        Fitting(KnownImages train, Bins bins) {
            this.bins = bins;
            standardisation = new Standardisation(train.features());
            problem.l = train.size();
            problem.n = train.features()[0].length + 1;
            problem.x = Arrays.stream(train.features())
                    .map(image -> nodes(standardisation.apply(image)))
                    .toArray(Feature[][]::new);
            problem.y = Arrays.stream(train.labels()).map(bins::indexOf).toArray();
        }

        /** At the same time on all processors. The largest takes longest and begins first. */
        List<LogisticRegression> withEach(List<Double> strengths) {
            List<Callable<LogisticRegression>> fits = new ArrayList<>();
            strengths.forEach(strength -> fits.add(0, () -> with(strength)));
            ExecutorService threads = Executors.newFixedThreadPool(Math.min(strengths.size(), ProcessorShare.chosen()));
            try {
                List<LogisticRegression> fitted = new ArrayList<>();
                for (Future<LogisticRegression> each : threads.invokeAll(fits)) {
                    fitted.add(0, each.get());
                }
                return fitted;
            } catch (InterruptedException e) {
                throw new CancellationException("stopped");
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }

        /** @param strength C, the weight of the training images against the penalty ½·|w|² */
        LogisticRegression with(double strength) {
            Linear.disableDebugOutput();
            Parameter parameter = new Parameter(SolverType.L2R_LR, strength, PRECISION);
            parameter.setRandom(new Random(1));
            return new LogisticRegression(bins, standardisation, Linear.train(problem, parameter), false);
        }
    }

    /** The last one is 1: its weight is the bias. */
    private static Feature[] nodes(double[] features) {
        Feature[] nodes = new Feature[features.length + 1];
        for (int i = 0; i < features.length; i++) {
            nodes[i] = new FeatureNode(i + 1, features[i]);
        }
        nodes[features.length] = new FeatureNode(features.length + 1, 1);
        return nodes;
    }

    @Override
    public List<Prediction> predict(double[][] features) {
        return Arrays.stream(features).map(this::prediction).toList();
    }

    private Prediction prediction(double... features) {
        double[] known = new double[model.getNrClass()];
        Linear.predictProbability(model, nodes(standardisation.apply(features)), known);
        double[] shares = new double[bins.size()]; // 0 for a concept without training images
        for (int i = 0; i < known.length; i++) {
            shares[model.getLabels()[i]] = known.length == 1 ? 1 : known[i];
        }
        return KnownImages.prediction(isMedian ? bins.get(Shares.median(shares)).anchor() : mean(shares), shares, bins);
    }

    private double mean(double... shares) {
        return IntStream.range(0, shares.length)
                .mapToDouble(k -> shares[k] * bins.get(k).anchor())
                .sum();
    }
}
