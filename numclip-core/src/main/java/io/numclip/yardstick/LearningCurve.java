package io.numclip.yardstick;

import io.numclip.evaluation.Clusters;
import io.numclip.evaluation.EvaluationConfig;
import io.numclip.evaluation.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The error of kernel ridge regression by the number of training images, and what it would be with twice as many: a power law
 * through the errors with a quarter, half and all of them. Intervals are over test images, by cluster, over the parts, and over how
 * much each size of a part counts (the Bayesian bootstrap of Rubin 1981), as errors follow no law exactly.
 *
 * @param points fewest images first, the last with all, or with {@value #MOST_IMAGES} of them
 * @param twice extrapolated, for twice as many training images as there are
 * @param saved by how much the error would be smaller than with those that there are, which is how many more it takes
 */
public record LearningCurve(List<Point> points, Point twice, Point saved) {

    static final int MOST_IMAGES = 1000;

    private static final int[] DIVISORS = {16, 8, 4, 2, 1};
    private static final int FEWEST_IMAGES = 8; // of a part
    private static final int FEWEST_POINTS = 3;
    private static final int FEWEST_CLUSTERS = 10;
    private static final int MOST_REPEATS = 4;

    /** @param mae in the unit of the label scale */
    public record Point(int images, double mae, Interval interval) {}

    public LearningCurve {
        points = List.copyOf(points);
    }

    /** The largest number of images whose errors are measured. */
    public Point last() {
        return points.get(points.size() - 1);
    }

    /**
     * @param training how many training images there are; those that are known may be fewer
     * @param clusters of the test images
     * @param config how often is resampled, and from which seed
     * @return empty for fewer than 32 training images, 10 clusters of test images, or without intervals
     */
    public static Optional<LearningCurve> measure(
            KnownImages train, int training, KnownImages test, Clusters clusters, EvaluationConfig config) {
        int whole = Math.min(train.size(), MOST_IMAGES);
        boolean isEnough = whole >= FEWEST_IMAGES << (FEWEST_POINTS - 1) && clusters.count() >= FEWEST_CLUSTERS;
        if (!isEnough || config.resamples() == 0) {
            return Optional.empty();
        }
        KnownImages mixed = train.pick(shuffled(train.size(), config.seed()));
        List<Part> parts = new ArrayList<>();
        for (int divisor : DIVISORS) {
            if (whole / divisor >= FEWEST_IMAGES) {
                parts.add(Part.measured(mixed, whole / divisor, Math.min(divisor, MOST_REPEATS), test));
            }
        }
        return Optional.of(of(parts, clusters, training, config));
    }

    private static int[] shuffled(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int held = order[i];
            order[i] = order[other];
            order[other] = held;
        }
        return order;
    }

    /**
     * So many training images, several times.
     *
     * @param errors (R, N) absolute, of each of R regressions for each test image
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Part(int images, double[][] errors) {

        /** The parts of one size have no image in common. */
        static Part measured(KnownImages train, int images, int repeats, KnownImages test) {
            double[][] errors = IntStream.range(0, repeats)
                    .mapToObj(repeat -> train.pick(IntStream.range(repeat * images, (repeat + 1) * images)
                            .toArray()))
                    .map(some -> test.absoluteErrors(numbers(some, test)))
                    .toArray(double[][]::new);
            return new Part(images, errors);
        }

        /** More regressions and more images make an error surer. */
        double weight() {
            return errors.length * (double) images;
        }

        private static double[] numbers(KnownImages train, KnownImages test) {
            double[][] all = Stream.of(train.features(), test.features())
                    .flatMap(Arrays::stream)
                    .toArray(double[][]::new);
            int[] known = IntStream.range(0, train.size()).toArray();
            KernelRegression regression = KernelRegression.fit(all, known, train.labels());
            return IntStream.range(train.size(), all.length)
                    .parallel()
                    .mapToDouble(regression::at)
                    .toArray();
        }

        /** @param times how often each test image counts */
        double mae(int repeat, int... times) {
            double sum = 0;
            int count = 0;
            for (int image = 0; image < times.length; image++) {
                sum += times[image] * errors[repeat][image];
                count += times[image];
            }
            return sum / count;
        }

        double mae(int... times) {
            return IntStream.range(0, errors.length)
                    .mapToDouble(repeat -> mae(repeat, times))
                    .average()
                    .orElseThrow();
        }

        /** Of regressions that are drawn, too. */
        double mae(SplittableRandom random, int... times) {
            return random.ints(errors.length, 0, errors.length)
                    .mapToDouble(repeat -> mae(repeat, times))
                    .average()
                    .orElseThrow();
        }
    }

    private static LearningCurve of(List<Part> parts, Clusters clusters, int training, EvaluationConfig config) {
        int[] once = IntStream.generate(() -> 1).limit(clusters.images()).toArray();
        double[] figures = figures(parts, training, part -> part.mae(once), Part::weight);
        List<double[]> resampled = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(config.seed());
        for (int resample = 0; resample < config.resamples(); resample++) {
            int[] times = clusters.draw(random);
            resampled.add(figures(
                    parts, training, part -> part.mae(random, times), part -> part.weight() * exponential(random)));
        }
        IntFunction<Interval> interval = figure -> Interval.middle(
                resampled.stream().mapToDouble(each -> each[figure]).toArray());
        int last = parts.size();
        return new LearningCurve(
                IntStream.range(0, last)
                        .mapToObj(i -> new Point(parts.get(i).images(), figures[i], interval.apply(i)))
                        .toList(),
                new Point(2 * training, figures[last], interval.apply(last)),
                new Point(training, figures[last + 1], interval.apply(last + 1)));
    }

    /** @return the errors of the parts, that with twice as many images, and by how much it is smaller than now */
    private static double[] figures(
            List<Part> parts, int training, ToDoubleFunction<Part> error, ToDoubleFunction<Part> weight) {
        double[] errors = parts.stream().mapToDouble(error).toArray();
        int first = errors.length - FEWEST_POINTS;
        List<Part> last = parts.subList(first, errors.length);
        PowerLaw law = PowerLaw.fit(
                last.stream().mapToDouble(Part::images).toArray(),
                Arrays.copyOfRange(errors, first, errors.length),
                last.stream().mapToDouble(weight).toArray());
        double[] figures = Arrays.copyOf(errors, errors.length + 2);
        figures[errors.length] = law.at(2.0 * training);
        figures[errors.length + 1] = law.at(training) - law.at(2.0 * training);
        return figures;
    }

    private static double exponential(SplittableRandom random) {
        return -Math.log(1 - random.nextDouble());
    }
}
