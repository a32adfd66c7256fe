package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.image.ImageFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds images and subjects that appear in more than one split. */
public final class LeakCheck {

    private record SplitImage(Split split, LabeledImage image) {}

    private LeakCheck() {}

    /** @param group attribute that names the subject; images without it have no subject */
    public static List<Leak> leaks(Map<Split, List<LabeledImage>> splits, String group) {
        List<Leak> leaks = new ArrayList<>();
        images(splits).ifPresent(leaks::add);
        subjects(splits, group).ifPresent(leaks::add);
        return leaks;
    }

    /** Images of equal content in several splits, and regions of one picture. */
    public static Optional<Leak> images(Map<Split, List<LabeledImage>> splits) {
        List<SplitImage> all = splitImages(splits);
        List<List<SplitImage>> groups =
                EqualImages.groups(
                                all.stream().map(each -> picture(each.image())).toList())
                        .stream()
                        .map(group -> group.stream().map(all::get).toList())
                        .toList();
        return leak(
                Leak.Kind.IMAGES,
                groups,
                group -> group.stream()
                        .map(image -> image.split() + " " + image.image().name())
                        .collect(Collectors.joining(group.stream().anyMatch(LeakCheck::isRegion) ? " and " : " = ")));
    }

    private static boolean isRegion(SplitImage image) {
        return image.image().source() instanceof ImageFile file && file.region() != null;
    }

    private static LabeledImage picture(LabeledImage image) {
        return image.source() instanceof ImageFile file
                ? new LabeledImage(image.name(), new ImageFile(file.path()), image.label(), image.attributes())
                : image;
    }

    /** Subjects with images in several splits. */
    public static Optional<Leak> subjects(Map<Split, List<LabeledImage>> splits, String group) {
        Map<String, List<SplitImage>> subjects = new TreeMap<>();
        for (SplitImage image : splitImages(splits)) {
            String subject = image.image().attribute(group);
            if (!subject.isEmpty()) {
                subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(image);
            }
        }
        return leak(Leak.Kind.SUBJECTS, subjects.values(), images -> describe(images, group));
    }

    private static Optional<Leak> leak(
            Leak.Kind kind, Collection<List<SplitImage>> groups, Function<List<SplitImage>, String> describe) {
        List<List<SplitImage>> crossing =
                groups.stream().filter(LeakCheck::crosses).toList();
        List<String> examples =
                crossing.stream().limit(Leak.EXAMPLES).map(describe).toList();
        return crossing.isEmpty() ? Optional.empty() : Optional.of(new Leak(kind, crossing.size(), examples));
    }

    private static boolean crosses(List<SplitImage> group) {
        return group.stream().map(SplitImage::split).distinct().count() > 1;
    }

    /** Such as {@code subject 12 (3 train, 2 test)}. */
    private static String describe(List<SplitImage> images, String group) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        images.forEach(image -> counts.merge(image.split(), 1, Integer::sum));
        String where = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        return group + " " + images.get(0).image().attribute(group) + " (" + where + ")";
    }

    private static List<SplitImage> splitImages(Map<Split, List<LabeledImage>> splits) {
        List<SplitImage> all = new ArrayList<>();
        for (Split split : Split.values()) {
            splits.getOrDefault(split, List.of()).forEach(image -> all.add(new SplitImage(split, image)));
        }
        return all;
    }
}
