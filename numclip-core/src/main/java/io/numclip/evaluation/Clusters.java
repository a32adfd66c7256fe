package io.numclip.evaluation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Which images belong together, such as those of one person or one photograph. Their errors are alike, so they count as
 * one where it matters how many independent images there are.
 */
public final class Clusters {

    private final int[] places;
    private final int count;

    private Clusters(int[] places, int count) {
        this.places = places;
        this.count = count;
    }

    /** @param names the cluster of each image (N) */
    public static Clusters of(List<String> names) {
        Map<String, Integer> known = new HashMap<>();
        int[] places = new int[names.size()];
        for (int i = 0; i < places.length; i++) {
            Integer place = known.putIfAbsent(names.get(i), known.size());
            places[i] = place == null ? known.size() - 1 : place;
        }
        return new Clusters(places, known.size());
    }

    /** Every image is a cluster of its own. */
    public static Clusters single(int images) {
        return new Clusters(IntStream.range(0, images).toArray(), images);
    }

    /** How many clusters there are. */
    public int count() {
        return count;
    }

    /** How many images there are. */
    public int images() {
        return places.length;
    }

    /** @return {@code 0 … count − 1}, in the order of first appearance */
    int of(int image) {
        return places[image];
    }

    /**
     * Draws as many clusters as there are, with replacement.
     *
     * @return for each image how often it was drawn
     */
    public int[] draw(SplittableRandom random) {
        int[] times = new int[count];
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
        return Arrays.stream(places).map(place -> times[place]).toArray();
    }
}
