package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds images of equal content. A short piece of every file is read; only files that look alike are read in full.
 * Copies that were recompressed or resized are not found.
 */
final class EqualImages {

    /** Gives a text for an image's content. */
    private interface Look {
        String at(LabeledImage image) throws IOException;
    }

    private EqualImages() {}

    /** Indices of images, two or more in each group; an image that cannot be read is in none. */
    static List<List<Integer>> groups(List<LabeledImage> images) {
        List<Integer> all = IntStream.range(0, images.size()).boxed().toList();
        List<List<Integer>> groups = new ArrayList<>();
        for (List<Integer> alike : alike(images, all, image -> Contents.glance(image.source()))) {
            groups.addAll(alike(images, alike, image -> Contents.hash(image.source())));
        }
        return groups;
    }

    private static List<List<Integer>> alike(List<LabeledImage> images, List<Integer> among, Look look) {
        Map<Integer, String> texts = new ConcurrentHashMap<>();
        among.parallelStream().forEach(index -> {
            String text = text(images.get(index), look);
            if (text != null) {
                texts.put(index, text);
            }
        });
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        Function<String, List<Integer>> fresh = text -> new ArrayList<>();
        among.stream()
                .filter(texts::containsKey)
                .forEach(
                        index -> groups.computeIfAbsent(texts.get(index), fresh).add(index));
        Collection<List<Integer>> found = groups.values();
        return found.stream().filter(group -> group.size() > 1).toList();
    }

    private static @Nullable String text(LabeledImage image, Look look) {
        try {
            return look.at(image);
        } catch (IOException unreadable) {
            return null; // training and evaluation report images that cannot be read
        }
    }
}
