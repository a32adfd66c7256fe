package io.numclip.uncertainty;

import java.util.ArrayList;
import java.util.List;

/**
 * Bins in groups of neighbours that are large enough for a quantile of their own. The groups must not depend on the
 * calibration images (Vovk et al. 2005, section 4.5), so they come from the images that shape the scores.
 */
final class MergedBins {

    private static final int RESERVE = 2; // so that chance seldom leaves a group with too few calibration images

    private MergedBins() {}

    /**
     * Goes up the scale; a group ends when enough images are expected in it. The bins that remain join the last group.
     *
     * @param shaping (K) number of values in each bin
     * @param calibrating number of calibration images
     * @param fewest calibration images for a quantile
     * @return (K) number of the group of each bin, from 0
     */
    static List<Integer> of(int[] shaping, int calibrating, int fewest) {
        int all = 0;
        for (int count : shaping) {
            all += count;
        }
        List<Integer> groups = new ArrayList<>();
        int group = 0;
        double expected = 0;
        for (int count : shaping) {
            expected += (double) count * calibrating / all;
            groups.add(group);
            if (expected >= RESERVE * fewest) {
                group++;
                expected = 0;
            }
        }
        int last = Math.max(0, group - 1);
        groups.replaceAll(of -> Math.min(of, last));
        return groups;
    }
}
