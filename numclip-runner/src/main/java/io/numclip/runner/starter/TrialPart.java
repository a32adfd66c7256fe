package io.numclip.runner.starter;

import io.numclip.data.LabeledImage;
import io.numclip.training.RandomOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Images to train on, and images to measure on. */
record TrialPart(List<LabeledImage> train, List<LabeledImage> validation) {

    private static final int MOST_TRAINED = 1500;
    private static final int MOST_VALIDATED = 500;

    /** Of fewer, the mean error would be an accident. */
    private static final int ENOUGH_VALIDATED = 100;

    private static final int PARTS = 5;
    private static final long SEED = 1;

    /**
     * The images as they are split, or some of them where there are many.
     *
     * @param again whether they may be divided anew where there are few to validate with; then no image is in two
     *     validation parts, and no subject in two parts of a division
     */
    static List<TrialPart> of(List<LabeledImage> train, List<LabeledImage> validation, boolean again) {
        List<TrialPart> divided =
                again && validation.size() < ENOUGH_VALIDATED ? divided(train, validation) : List.of();
        return divided.isEmpty()
                ? List.of(new TrialPart(drawn(train, MOST_TRAINED), drawn(validation, MOST_VALIDATED)))
                : divided;
    }

    /** Fewer where a subject has very many images. None trains on more images than a whole training does. */
    private static List<TrialPart> divided(List<LabeledImage> train, List<LabeledImage> validation) {
        List<LabeledImage> all = new ArrayList<>(train);
        all.addAll(validation);
        List<LabeledImage> ordered = together(shuffled(all, 1));
        int share = Math.min(all.size() / PARTS, ENOUGH_VALIDATED);
        return IntStream.range(0, PARTS)
                .mapToObj(part -> of(ordered, edge(ordered, part * share), edge(ordered, (part + 1) * share)))
                .map(part -> part.first(train.size()))
                .filter(part -> !part.train().isEmpty() && !part.validation().isEmpty())
                .toList();
    }

    /** Images of one subject behind each other. */
    private static List<LabeledImage> together(List<LabeledImage> images) {
        Map<Object, List<LabeledImage>> groups = new LinkedHashMap<>();
        images.forEach(image -> groups.computeIfAbsent(subject(image), subject -> new ArrayList<>())
                .add(image));
        return groups.values().stream().flatMap(List::stream).toList();
    }

    /** Its own image, if it names none. */
    private static Object subject(LabeledImage image) {
        String subject = image.attributes().getOrDefault(LabeledImage.SUBJECT, "");
        return subject.isBlank() ? image : subject;
    }

    /** The place, or the next where a subject begins. */
    private static int edge(List<LabeledImage> images, int place) {
        int edge = place;
        while (edge > 0 && edge < images.size() && subject(images.get(edge - 1)).equals(subject(images.get(edge)))) {
            edge++;
        }
        return edge;
    }

    /** Those from one place to another, and the rest to train on. */
    private static TrialPart of(List<LabeledImage> all, int from, int to) {
        List<LabeledImage> rest = new ArrayList<>(all.subList(0, from));
        rest.addAll(all.subList(to, all.size()));
        return new TrialPart(rest, all.subList(from, to));
    }

    private static List<LabeledImage> drawn(List<LabeledImage> images, int most) {
        return images.size() <= most ? images : shuffled(images, 0).subList(0, most);
    }

    private static List<LabeledImage> shuffled(List<LabeledImage> images, int number) {
        return Arrays.stream(RandomOrder.permutation(images.size(), SEED, number))
                .mapToObj(images::get)
                .toList();
    }

    int size() {
        return train.size() + validation.size();
    }

    /** At most so many on each side. */
    TrialPart first(int images) {
        return new TrialPart(
                train.subList(0, Math.min(images, train.size())),
                validation.subList(0, Math.min(images, validation.size())));
    }
}
