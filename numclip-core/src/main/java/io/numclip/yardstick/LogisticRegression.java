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
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * L2-regularised logistic regression, one concept against the rest, on standardised features (Fan et al., LIBLINEAR,
 * JMLR 2008). The number is the mean of the concepts' anchors under the probabilities, which are divided by their sum.
 */
public final class LogisticRegression implements Yardstick {

    private static final List<Double> STRENGTHS = List.of(1e-3, 1e-2, 1e-1, 1.0);
    private static final double PRECISION = 1e-3;

    private final Bins bins;
    private final Standardisation standardisation;
    private final Model model;

    private LogisticRegression(Bins bins, Standardisation standardisation, Model model) {
        this.bins = bins;
        this.standardisation = standardisation;
        this.model = model;
    }

    /** With the C of 0.001, 0.01, 0.1, 1 that has the lowest MAE on the validation images; the smaller one of equals. */
    public static LogisticRegression fit(KnownImages train, KnownImages validation, Bins bins) {
        Fitting fitting = new Fitting(train, bins);
        LogisticRegression best = fitting.with(STRENGTHS.get(0));
        double least = error(best, validation);
        for (double strength : STRENGTHS.subList(1, STRENGTHS.size())) {
            LogisticRegression candidate = fitting.with(strength);
            double mae = error(candidate, validation);
            if (mae < least) {
                least = mae;
                best = candidate;
            }
        }
        return best;
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

        /** @param strength C, the weight of the training images against the penalty ½·|w|² */
        LogisticRegression with(double strength) {
            Stopping.ifAsked();
            Linear.disableDebugOutput();
            Parameter parameter = new Parameter(SolverType.L2R_LR, strength, PRECISION);
            parameter.setRandom(new Random(1));
            return new LogisticRegression(bins, standardisation, Linear.train(problem, parameter));
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
        double value = 0;
        for (int i = 0; i < known.length; i++) {
            int k = model.getLabels()[i];
            shares[k] = known.length == 1 ? 1 : known[i];
            value += shares[k] * bins.get(k).anchor();
        }
        return KnownImages.prediction(value, shares, bins);
    }
}
