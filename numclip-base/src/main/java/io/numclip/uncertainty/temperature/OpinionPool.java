package io.numclip.uncertainty.temperature;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * The chances of concepts by errors and by words together: p<sub>k</sub> = e<sub>k</sub><sup>a</sup> ·
 * w<sub>k</sub><sup>b</sup> · exp(c<sub>k</sub>), normalised. A logarithmic opinion pool (Genest and Zidek, Statistical Science
 * 1986) with the bias of vector scaling (Guo et al., ICML 2017, section 4.2).
 *
 * @param errors a, at least 0
 * @param words b, at least 0
 * @param concepts (K) c
 */
public record OpinionPool(double errors, double words, List<Double> concepts) {

    /** Where few images say little: a little of the words is better than none, on all tasks of the project. */
    private static final double USUAL_ERRORS = 0.7;

    private static final double USUAL_WORDS = 0.3;
    private static final double PENALTY = 4; // on the squared distances from these, and from c = 0
    private static final double FIXED = 1e9;
    private static final double LEAST = 1e-4; // no opinion rules a concept out
    private static final double CLOSE = 1e-9;
    private static final int MOST_STEPS = 100;
    private static final int PARTS = 5;

    public OpinionPool {
        concepts = List.copyOf(concepts);
    }

    /**
     * The pool of the largest likelihood with a penalty, if images that did not choose it are likelier with it than by errors alone:
     * each fifth of the images is judged by the pool of the others. Halves would choose too little of few images.
     *
     * @param byErrors (N, K)
     * @param byWords (N, K)
     * @param bins (N) index of the bin that holds the label
     */
    public static Optional<OpinionPool> kept(double[][] byErrors, double[][] byWords, int[] bins) {
        double gained = bins.length < PARTS
                ? 0
                : IntStream.range(0, PARTS)
                        .mapToDouble(part -> gain(
                                byErrors, byWords, bins, part * bins.length / PARTS, (part + 1) * bins.length / PARTS))
                        .sum();
        return gained > 0 ? Optional.of(fit(byErrors, byWords, bins)) : Optional.empty();
    }

    private static double gain(double[][] byErrors, double[][] byWords, int[] bins, int from, int to) {
        int[] others =
                IntStream.range(0, bins.length).filter(n -> n < from || n >= to).toArray();
        OpinionPool pool = fit(
                rows(byErrors, others),
                rows(byWords, others),
                Arrays.stream(others).map(n -> bins[n]).toArray());
        return IntStream.range(from, to)
                .mapToDouble(n -> Likelihood.log(pool.apply(byErrors[n], byWords[n])[bins[n]])
                        - Likelihood.log(byErrors[n][bins[n]]))
                .sum();
    }

    private static double[][] rows(double[][] all, int[] some) {
        return Arrays.stream(some).mapToObj(n -> all[n]).toArray(double[][]::new);
    }

    static OpinionPool fit(double[][] byErrors, double[][] byWords, int[] bins) {
        return new Fit(byErrors, byWords, bins).pool();
    }

    /** Chances (K) of an image by errors (K) and words (K). */
    public double[] apply(double[] byErrors, double[] byWords) {
        double[] logits = new double[concepts.size()];
        Arrays.setAll(logits, k -> errors * log(byErrors[k]) + words * log(byWords[k]) + concepts.get(k));
        return softmax(logits);
    }

    private static double log(double chance) {
        return Math.log(Math.max(chance, LEAST));
    }

    private static double[] softmax(double[] logits) {
        double greatest = Arrays.stream(logits).max().orElseThrow();
        double[] chances =
                Arrays.stream(logits).map(logit -> Math.exp(logit - greatest)).toArray();
        double sum = Arrays.stream(chances).sum();
        return Arrays.stream(chances).map(chance -> chance / sum).toArray();
    }

    /** Newton's method; the parameters are a, b and the K of c. */
    private static final class Fit {

        private final double[][] errors; // (N, K) logarithms
        private final double[][] words; // (N, K) logarithms
        private final int[] bins; // (N)
        private final int size; // K + 2
        private final double[] usual; // (K + 2)
        private final double[] penalties; // (K + 2)

        Fit(double[][] byErrors, double[][] byWords, int[] bins) {
            errors = logs(byErrors);
            words = logs(byWords);
            this.bins = bins;
            size = byErrors[0].length + 2;
            usual = new double[size];
            usual[0] = USUAL_ERRORS;
            usual[1] = USUAL_WORDS;
            penalties = new double[size];
            Arrays.fill(penalties, PENALTY);
        }

        private static double[][] logs(double[][] chances) {
            return Arrays.stream(chances)
                    .map(row -> Arrays.stream(row).map(OpinionPool::log).toArray())
                    .toArray(double[][]::new);
        }

        /** An opinion whose power would be below 0 has none. */
        OpinionPool pool() {
            double[] found = minimum();
            for (int power = 0; power < 2; power++) {
                if (found[power] < 0) {
                    usual[power] = 0;
                    penalties[power] = FIXED;
                    found = minimum();
                }
            }
            return pool(found);
        }

        private static OpinionPool pool(double[] found) {
            List<Double> concepts = Arrays.stream(found).skip(2).boxed().toList();
            return new OpinionPool(Math.max(0, found[0]), Math.max(0, found[1]), concepts);
        }

        private double[] minimum() {
            ArrayRealVector at = new ArrayRealVector(usual);
            for (int step = 0; step < MOST_STEPS; step++) {
                ArrayRealVector move = move(at);
                double before = loss(at);
                while (loss(at.subtract(move)) > before && move.getLInfNorm() > CLOSE) {
                    move.mapMultiplyToSelf(0.5);
                }
                at = at.subtract(move);
                if (move.getLInfNorm() <= CLOSE) {
                    break;
                }
            }
            return at.toArray();
        }

        private double loss(ArrayRealVector at) {
            double loss = 0;
            for (int n = 0; n < bins.length; n++) {
                loss -= Likelihood.log(chances(at, n)[bins[n]]);
            }
            for (int i = 0; i < size; i++) {
                loss += penalties[i] / 2 * Math.pow(at.getEntry(i) - usual[i], 2);
            }
            return loss;
        }

        private double[] chances(ArrayRealVector at, int n) {
            double[] logits = new double[size - 2];
            Arrays.setAll(
                    logits, k -> at.getEntry(0) * errors[n][k] + at.getEntry(1) * words[n][k] + at.getEntry(k + 2));
            return softmax(logits);
        }

        /** The inverse of the Hessian times the gradient. */
        private ArrayRealVector move(ArrayRealVector at) {
            double[] gradient = new double[size];
            double[][] hessian = new double[size][size];
            for (int n = 0; n < bins.length; n++) {
                add(n, chances(at, n), gradient, hessian);
            }
            for (int i = 0; i < size; i++) {
                gradient[i] += penalties[i] * (at.getEntry(i) - usual[i]);
                hessian[i][i] += penalties[i];
            }
            RealMatrix curvature = new Array2DRowRealMatrix(hessian, false);
            return new ArrayRealVector(
                    new CholeskyDecomposition(curvature).getSolver().solve(new ArrayRealVector(gradient, false)));
        }

        /** Of one image: the expected inputs less those of the label, and the covariance of the inputs. */
        private void add(int n, double[] chances, double[] gradient, double[][] hessian) {
            double[] mean = new double[size];
            for (int k = 0; k < chances.length; k++) {
                int[] places = {0, 1, k + 2};
                double[] inputs = {errors[n][k], words[n][k], 1};
                for (int i = 0; i < places.length; i++) {
                    mean[places[i]] += chances[k] * inputs[i];
                    gradient[places[i]] += (chances[k] - (k == bins[n] ? 1 : 0)) * inputs[i];
                    for (int j = 0; j < places.length; j++) {
                        hessian[places[i]][places[j]] += chances[k] * (inputs[i] * inputs[j]);
                    }
                }
            }
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    hessian[i][j] -= mean[i] * mean[j];
                }
            }
        }
    }
}
