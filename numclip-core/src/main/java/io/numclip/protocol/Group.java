package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import io.numclip.image.ImageFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Images that stay together: equal images, regions of one picture, and, on request, the images of one subject. */
record Group(List<LabeledImage> images, String name, double label) {

    /** @param group attribute that names the subject; empty if a subject's images need not stay together */
    static List<Group> of(List<LabeledImage> images, String group) {
        int[] joined = IntStream.range(0, images.size()).toArray();
        EqualImages.groups(images).forEach(equal -> join(joined, equal));
        alike(images, Group::picture).forEach(picture -> join(joined, picture));
        if (!group.isEmpty()) {
            alike(images, image -> image.attribute(group)).forEach(subject -> join(joined, subject));
        }
        Map<Integer, List<LabeledImage>> groups = new TreeMap<>();
        for (int i = 0; i < joined.length; i++) {
            groups.computeIfAbsent(root(joined, i), root -> new ArrayList<>()).add(images.get(i));
        }
        return groups.values().stream().map(Group::of).toList();
    }

    static Comparator<Group> byChance(SeededOrder order) {
        return Comparator.comparingLong((Group group) -> order.key(group.name()))
                .thenComparing(Group::name);
    }

    static Comparator<Group> byLabel() {
        return Comparator.comparingDouble(Group::label);
    }

    int size() {
        return images.size();
    }

    /** Named after its alphabetically first image, whatever the order of the images. */
    private static Group of(List<LabeledImage> images) {
        String name = images.stream()
                .map(LabeledImage::name)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        double[] labels =
                images.stream().mapToDouble(LabeledImage::label).sorted().toArray();
        return new Group(images, name, Arrays.stream(labels).average().orElseThrow());
    }

    /** The file that it is, or is in; empty for a drawing. */
    private static String picture(LabeledImage image) {
        return image.source() instanceof ImageFile file ? file.path().toString() : "";
    }

    /** Indices of images with the same text, if they have any. */
    private static List<List<Integer>> alike(List<LabeledImage> images, Function<LabeledImage, String> text) {
        Map<String, List<Integer>> alike = new HashMap<>();
        for (int i = 0; i < images.size(); i++) {
            String found = text.apply(images.get(i));
            if (!found.isEmpty()) {
                alike.computeIfAbsent(found, same -> new ArrayList<>()).add(i);
            }
        }
        return List.copyOf(alike.values());
    }

    private static void join(int[] joined, List<Integer> indices) {
        indices.forEach(index -> joined[root(joined, index)] = root(joined, indices.get(0)));
    }

    private static int root(int[] joined, int index) {
        int root = index;
        while (joined[root] != root) {
            joined[root] = joined[joined[root]];
            root = joined[root];
        }
        return root;
    }
}
