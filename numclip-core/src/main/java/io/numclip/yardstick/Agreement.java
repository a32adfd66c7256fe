package io.numclip.yardstick;

import io.numclip.evaluation.Interval;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How far the numbers of images are in the order that people gave pairs of them.
 *
 * @param count comparisons in which one image was said to be more
 * @param share of these in which it has the larger number; two equal numbers count half
 * @param interval 95 % for other images, which are resampled with their comparisons; null where that says nothing
 * @param tau Kendall's tau-b over the pairs that were compared, "equal" being a tie
 */
public record Agreement(int count, double share, @Nullable Interval interval, OptionalDouble tau) {

    private static final int RESAMPLES = 1000;

    /**
     * @param compared at least one of them not "equal"
     * @param numbers of the images by their places
     */
    public static Agreement of(List<Compared> compared, IntToDoubleFunction numbers) {
        int[] images = compared.stream()
                .flatMapToInt(pair -> IntStream.of(pair.image(), pair.other()))
                .distinct()
                .sorted()
                .toArray();
        int[] once = new int[images.length == 0 ? 0 : images[images.length - 1] + 1];
        IntStream.of(images).forEach(image -> once[image] = 1);
        Sums all = Sums.of(compared, numbers, once);
        SplittableRandom random = new SplittableRandom(1);
        double[] shares = IntStream.range(0, RESAMPLES)
                .mapToDouble(i -> Sums.of(compared, numbers, drawn(images, once.length, random))
                        .share())
                .filter(Double::isFinite)
                .toArray();
        Interval interval = images.length > 2 && shares.length > 0 ? Interval.middle(shares) : null;
        return new Agreement((int) all.said, all.share(), interval, all.tau());
    }

    private static int[] drawn(int[] images, int places, SplittableRandom random) {
        int[] counts = new int[places];
        for (int i = 0; i < images.length; i++) {
            counts[images[random.nextInt(images.length)]]++;
        }
        return counts;
    }

    /** Over comparisons, each as often as both of its images. */
    private static final class Sums {

        private double said;
        private double right;
        private double untied;

        static Sums of(List<Compared> compared, IntToDoubleFunction numbers, int... counts) {
            Sums sums = new Sums();
            for (Compared pair : compared) {
                double weight = (double) counts[pair.image()] * counts[pair.other()];
                double lead = Math.signum(numbers.applyAsDouble(pair.image()) - numbers.applyAsDouble(pair.other()));
                double side = Math.signum(pair.share() - Compared.EQUAL);
                sums.said += weight * Math.abs(side);
                sums.right += weight * Math.abs(side) * (1 + side * lead) / 2;
                sums.untied += weight * Math.abs(lead);
            }
            return sums;
        }

        double share() {
            return right / said;
        }

        OptionalDouble tau() {
            return said == 0 || untied == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((2 * right - said) / Math.sqrt(said * untied));
        }
    }
}
