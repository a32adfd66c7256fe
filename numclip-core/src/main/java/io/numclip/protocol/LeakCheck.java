package io.numclip.protocol;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Looks for images and subjects that stand in more than one split. */
public final class LeakCheck {

    private record Dealt(Split split, LabeledImage image) {}

    private LeakCheck() {}

    /** @param group attribute that names the subject; images without it belong to nobody */
    public static List<Leak> leaks(Map<Split, List<LabeledImage>> splits, String group) {
        List<Leak> leaks = new ArrayList<>();
        images(splits).ifPresent(leaks::add);
        subjects(splits, group).ifPresent(leaks::add);
        return leaks;
    }

    /** Images of equal content in several splits. */
    public static Optional<Leak> images(Map<Split, List<LabeledImage>> splits) {
        List<Dealt> all = dealt(splits);
        List<List<Dealt>> groups = EqualImages.groups(
                        all.stream().map(Dealt::image).toList())
                .stream()
                .map(group -> group.stream().map(all::get).toList())
                .toList();
        return leak(
                Leak.Kind.IMAGES,
                groups,
                group -> group.stream()
                        .map(dealt -> dealt.split() + " " + dealt.image().name())
                        .collect(Collectors.joining(" = ")));
    }

    /** Subjects with images in several splits. */
    public static Optional<Leak> subjects(Map<Split, List<LabeledImage>> splits, String group) {
        Map<String, List<Dealt>> subjects = new TreeMap<>();
        for (Dealt dealt : dealt(splits)) {
            String subject = dealt.image().attributes().getOrDefault(group, "");
            if (!subject.isBlank()) {
                subjects.computeIfAbsent(subject, name -> new ArrayList<>()).add(dealt);
            }
        }
        return leak(Leak.Kind.SUBJECTS, subjects.values(), dealt -> describe(dealt, group));
    }

    private static Optional<Leak> leak(
            Leak.Kind kind, Collection<List<Dealt>> groups, Function<List<Dealt>, String> describe) {
        List<List<Dealt>> crossing = groups.stream().filter(LeakCheck::crosses).toList();
        List<String> examples =
                crossing.stream().limit(Leak.EXAMPLES).map(describe).toList();
        return crossing.isEmpty() ? Optional.empty() : Optional.of(new Leak(kind, crossing.size(), examples));
    }

    private static boolean crosses(List<Dealt> group) {
        return group.stream().map(Dealt::split).distinct().count() > 1;
    }

    /** Such as {@code subject 12 (3 train, 2 test)}. */
    private static String describe(List<Dealt> images, String group) {
        Map<Split, Integer> counts = new EnumMap<>(Split.class);
        images.forEach(dealt -> counts.merge(dealt.split(), 1, Integer::sum));
        String where = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        return group + " " + images.get(0).image().attributes().get(group) + " (" + where + ")";
    }

    private static List<Dealt> dealt(Map<Split, List<LabeledImage>> splits) {
        List<Dealt> all = new ArrayList<>();
        for (Split split : Split.values()) {
            splits.getOrDefault(split, List.of()).forEach(image -> all.add(new Dealt(split, image)));
        }
        return all;
    }
}
