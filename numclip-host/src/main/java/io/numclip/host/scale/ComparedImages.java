package io.numclip.host.scale;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.dataset.ComparisonLayout;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.host.label.LabelLists;
import io.numclip.image.ImageFile;
import io.numclip.yardstick.Compared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Images and what people said of them.
 *
 * @param images named as below the folder of the comparisons; one without a number has 0
 * @param hasNumber (N)
 * @param compared of these images, by their places
 */
public record ComparedImages(List<LabeledImage> images, List<Boolean> hasNumber, List<Compared> compared) {

    private static final LabelScale ANY = new LabelScale(-1e9, 1e9, "(take a larger unit)");

    public ComparedImages {
        images = List.copyOf(images);
        hasNumber = List.copyOf(hasNumber);
        compared = List.copyOf(compared);
    }

    /**
     * Reads both lists.
     *
     * @param pairs with the columns {@code image}, {@code other} and {@code more}
     * @param numbers with the columns {@code image} and {@code value}; null: there are none
     * @param root the folder that their images are relative to; null: that of each list
     */
    public static ComparedImages read(Path pairs, @Nullable Path numbers, @Nullable Path root) throws IOException {
        Path folder = folder(pairs, root);
        Map<String, LabeledImage> all = new LinkedHashMap<>();
        Map<String, LabeledImage> numbered = new LinkedHashMap<>();
        if (numbers != null) {
            found(data("csv", numbers, root)).forEach(image -> numbered.putIfAbsent(name(image, folder), image));
        }
        List<LabeledImage> said = found(data("comparisons", pairs, root));
        said.forEach(image -> all.put(name(image, folder), image));
        numbered.forEach(all::putIfAbsent);
        List<LabeledImage> images = new ArrayList<>();
        all.forEach((name, image) -> images.add(named(name, numbered.getOrDefault(name, unknown(image)))));
        List<String> names = List.copyOf(all.keySet());
        return new ComparedImages(
                images, names.stream().map(numbered::containsKey).toList(), compared(said, names, folder));
    }

    /** That the names of the images are relative to. */
    public static Path folder(Path pairs, @Nullable Path root) {
        return root == null ? pairs.toAbsolutePath().resolveSibling("") : root.toAbsolutePath();
    }

    private static List<LabeledImage> found(TaskData data) throws IOException {
        return new TaskImages(data, ANY, null, new ComparisonLayout())
                .found().values().stream().flatMap(Collection::stream).toList();
    }

    private static TaskData data(String format, Path file, @Nullable Path root) {
        return TaskData.of(format, root == null ? "" : root.toString()).withFile(file.toString());
    }

    private static String name(LabeledImage image, Path folder) {
        return LabelLists.relative(folder.resolve("list"), ((ImageFile) image.source()).path());
    }

    private static LabeledImage unknown(LabeledImage image) {
        return new LabeledImage(image.name(), image.source(), 0, Map.of());
    }

    private static LabeledImage named(String name, LabeledImage image) {
        return new LabeledImage(name, image.source(), image.label(), image.attributes());
    }

    private static List<Compared> compared(List<LabeledImage> said, List<String> names, Path folder) {
        Map<String, Integer> places = new HashMap<>(); // by the names of the list
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            known.put(names.get(i), i);
        }
        said.forEach(image -> places.put(image.name(), known.getOrDefault(name(image, folder), 0)));
        return said.stream()
                .flatMap(image -> Stream.concat(
                        pairs(image, LabeledImage.MORE_THAN, 1, places),
                        pairs(image, LabeledImage.EQUAL_TO, Compared.EQUAL, places)))
                .toList();
    }

    private static Stream<Compared> pairs(
            LabeledImage image, String attribute, double share, Map<String, Integer> places) {
        int place = places.getOrDefault(image.name(), 0);
        return image.names(attribute).stream().map(other -> new Compared(place, places.getOrDefault(other, 0), share));
    }

    /** The number of an image, if it has one. */
    OptionalDouble number(int image) {
        return hasNumber.get(image) ? OptionalDouble.of(images.get(image).label()) : OptionalDouble.empty();
    }

    /** Without those that are not among some. */
    public ComparedImages only(List<LabeledImage> some) {
        Map<String, Integer> kept = new LinkedHashMap<>();
        some.forEach(image -> kept.put(image.name(), kept.size()));
        List<Boolean> has = new ArrayList<>();
        int[] moved = new int[images.size()];
        for (int i = 0; i < images.size(); i++) {
            moved[i] = kept.getOrDefault(images.get(i).name(), -1);
            if (moved[i] >= 0) {
                has.add(hasNumber.get(i));
            }
        }
        List<Compared> left = compared.stream()
                .filter(pair -> moved[pair.image()] >= 0 && moved[pair.other()] >= 0)
                .map(pair -> new Compared(moved[pair.image()], moved[pair.other()], pair.share()))
                .toList();
        if (left.isEmpty()) {
            throw new NumClipException(
                    Kind.DATA, "no two images that were compared can be read", "look at what was left out above");
        }
        return new ComparedImages(some, has, left);
    }
}
