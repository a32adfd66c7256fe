package io.numclip.host.label;

import io.numclip.host.label.Verdict.Mean;
import io.numclip.yardstick.KernelRegression;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether half of the answers would have done: what is learned from half of them beside what is learned from all, on images that were
 * drawn by chance. By a power law, twice as many bring about as much again.
 *
 * @param half error of a model that has learned half of the answers; NaN where too few images were drawn
 * @param all error of one that has learned all but the image
 */
public record Worth(double half, double all, State state) {

    static final Worth UNKNOWN = new Worth(Double.NaN, Double.NaN, State.UNKNOWN);

    private static final int ENOUGH_DRAWN = 12;
    private static final int HALVES = 8;
    private static final double LITTLE = 0.03;

    /** What more answers would bring. */
    public enum State {
        UNKNOWN,
        MORE,
        LITTLE_MORE
    }

    /** The same for the same answers. */
    static Worth of(LabelImages images, Answers answers) {
        Map<String, Double> numbers = answers.numbers();
        Set<String> chosenByChance = new HashSet<>();
        answers.counting().stream()
                .filter(answer -> answer.guess() != null && answer.value() != null)
                .forEach(answer -> chosenByChance.add(answer.image()));
        List<String> names = images.names();
        int[] known = IntStream.range(0, names.size())
                .filter(i -> numbers.containsKey(names.get(i)))
                .toArray();
        double[] values = Arrays.stream(known)
                .mapToDouble(i -> Objects.requireNonNull(numbers.get(names.get(i))))
                .toArray();
        int[] drawn = IntStream.range(0, known.length)
                .filter(i -> chosenByChance.contains(names.get(known[i])))
                .toArray();
        return drawn.length < ENOUGH_DRAWN ? UNKNOWN : judged(images.features(), known, values, drawn);
    }

    /** @param drawn places in known */
    private static Worth judged(float[][] features, int[] known, double[] values, int... drawn) {
        Random random = new Random(known.length);
        double[] sums = new double[known.length];
        int[] counts = new int[known.length];
        for (int turn = 0; turn < HALVES; turn++) {
            boolean[] learned = half(known.length, random);
            int[] some =
                    IntStream.range(0, known.length).filter(i -> learned[i]).toArray();
            KernelRegression model = KernelRegression.fit(
                    features,
                    Arrays.stream(some).map(i -> known[i]).toArray(),
                    Arrays.stream(some).mapToDouble(i -> values[i]).toArray());
            Arrays.stream(drawn).filter(i -> !learned[i]).forEach(i -> {
                sums[i] += Math.abs(model.at(known[i]) - values[i]);
                counts[i]++;
            });
        }
        double[] leftOut = KernelRegression.fit(features, known, values).leftOut();
        int[] both = Arrays.stream(drawn).filter(i -> counts[i] > 0).toArray();
        double[] half =
                Arrays.stream(both).mapToDouble(i -> sums[i] / counts[i]).toArray();
        return judged(
                half, Arrays.stream(both).mapToDouble(i -> Math.abs(leftOut[i])).toArray());
    }

    /** A gain that is smaller than its standard error may be chance. */
    private static Worth judged(double[] half, double... all) {
        double[] gains = IntStream.range(0, half.length)
                .mapToDouble(i -> half[i] - all[i])
                .toArray();
        double gain = Mean.of(gains).value();
        double variance = Mean.of(Arrays.stream(gains)
                        .map(each -> (each - gain) * (each - gain))
                        .toArray())
                .value();
        double error = Mean.of(all).value();
        State state = gain <= LITTLE * error
                ? State.LITTLE_MORE
                : gain > Math.sqrt(variance / gains.length) ? State.MORE : State.UNKNOWN;
        return new Worth(Mean.of(half).value(), error, state);
    }

    private static boolean[] half(int count, Random random) {
        boolean[] chosen = new boolean[count];
        for (int left = count / 2; left > 0; ) {
            int i = random.nextInt(count);
            left -= chosen[i] ? 0 : 1;
            chosen[i] = true;
        }
        return chosen;
    }
}
