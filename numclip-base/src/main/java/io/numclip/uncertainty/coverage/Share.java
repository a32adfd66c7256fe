package io.numclip.uncertainty.coverage;

import io.numclip.data.LabeledImage;
import io.numclip.uncertainty.Size;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.BetaDistribution;

/**
 * How many of some images have a property, with the exact 95 % interval of a binomial share (Clopper and Pearson,
 * Biometrika 1934). Images of one group count for less than their number (Korn and Graubard, Survey Methodology 1998).
 *
 * @param share count / images
 * @param low lower end of the interval
 * @param high upper end
 */
public record Share(double share, int count, int images, double low, double high) {

    private static final double TAIL = 0.025;

    /**
     * @param has (N) whether each image has the property; not empty
     * @param images (N)
     * @param group attribute that says which images belong together
     */
    public static Share of(boolean[] has, List<LabeledImage> images, String group) {
        return of(has, Size.groups(images, group));
    }

    /** @param groups (N) as {@link Size#groups} gives them */
    static Share of(boolean[] has, List<String> groups) {
        double[] figures = new double[has.length];
        Arrays.setAll(figures, n -> has[n] ? 1 : 0);
        int count = (int) Arrays.stream(figures).sum();
        Size size = Size.of(groups, figures);
        boolean alike = count == 0 || count == has.length; // then nothing says how alike the images of a group are
        return of(count, has.length, alike ? size.groups() : size.effective());
    }

    /** @param effective number of independent images that would say as much */
    static Share of(int count, int images, double effective) {
        double share = (double) count / images;
        double hits = share * effective;
        double low = count == 0 ? 0 : quantile(hits, effective - hits + 1, TAIL);
        double high = count == images ? 1 : quantile(hits + 1, effective - hits, 1 - TAIL);
        return new Share(share, count, images, low, high);
    }

    private static double quantile(double alpha, double beta, double probability) {
        return new BetaDistribution(alpha, beta).inverseCumulativeProbability(probability);
    }
}
