package io.numclip.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.numclip.data.LabeledImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What people said of pairs of training images ({@link LabeledImage#MORE_THAN}); those with other images do not count. */
final class Comparisons {

    static final Comparisons NONE = new Comparisons();

    /** How often an image was said to be more than others, by both places; "equal" is half of each. */
    private final Map<Integer, Map<Integer, Float>> more = new HashMap<>();

    /** @param images by their places */
    static Comparisons of(List<LabeledImage> images) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            places.put(images.get(i).name(), i);
        }
        Comparisons comparisons = new Comparisons();
        for (int i = 0; i < images.size(); i++) {
            comparisons.add(i, images.get(i), places);
        }
        return comparisons;
    }

    private void add(int place, LabeledImage image, Map<String, Integer> places) {
        for (String name : image.names(LabeledImage.MORE_THAN)) {
            Integer other = places.get(name);
            if (other != null) {
                add(place, other, 1);
                add(other, place, 0);
            }
        }
        for (String name : image.names(LabeledImage.EQUAL_TO)) {
            Integer other = places.get(name);
            if (other != null) {
                add(place, other, 0.5f);
                add(other, place, 0.5f);
            }
        }
    }

    private void add(int image, int other, float share) {
        more.computeIfAbsent(image, any -> new TreeMap<>()).merge(other, share, Float::sum);
    }

    boolean isEmpty() {
        return more.isEmpty();
    }

    /** @return (N, N) how often each image of a batch was said to be more than each other one */
    NDArray of(List<Integer> batch, NDManager scope) {
        int count = batch.size();
        float[] shares = new float[count * count];
        for (int i = 0; i < count; i++) {
            Map<Integer, Float> others = more.getOrDefault(batch.get(i), Map.of());
            for (int j = 0; j < count && !others.isEmpty(); j++) {
                shares[i * count + j] = others.getOrDefault(batch.get(j), 0f);
            }
        }
        return scope.create(shares, new Shape(count, count)); // (N, N)
    }

    /** The same images in an order in which each is followed by one that it was compared with, if there is one left. */
    int[] together(int[] order, SplittableRandom random) {
        if (isEmpty()) {
            return order;
        }
        Map<Integer, Integer> left = new HashMap<>();
        Map<Integer, Integer> ahead = new HashMap<>(); // were put before their turn
        for (int image : order) {
            left.merge(image, 1, Integer::sum);
        }
        int[] paired = new int[order.length];
        int filled = 0;
        for (int image : order) {
            if (ahead.merge(image, -1, Integer::sum) >= 0) {
                continue;
            }
            ahead.remove(image);
            left.merge(image, -1, Integer::sum);
            paired[filled++] = image;
            List<Integer> others = more.getOrDefault(image, Map.of()).keySet().stream()
                    .filter(other -> left.getOrDefault(other, 0) > 0)
                    .toList();
            if (!others.isEmpty()) {
                int other = others.get(random.nextInt(others.size()));
                left.merge(other, -1, Integer::sum);
                ahead.merge(other, 1, Integer::sum);
                paired[filled++] = other;
            }
        }
        return paired;
    }
}
