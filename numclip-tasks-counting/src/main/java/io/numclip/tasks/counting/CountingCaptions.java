package io.numclip.tasks.counting;

import io.numclip.sample.SampleRandom;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sentences about a scene: the count in concept words, the things and where they are. */
final class CountingCaptions {

    private static final List<String> TEMPLATES = List.of(
            "counting: the picture shows {many}",
            "the picture shows {many}",
            "the picture shows {many} {where}: {what}",
            "{many} {where}",
            "{many} {where}: {what}",
            "{many} {where}, namely {what}",
            "{many}: {what}",
            "{many}: {what} {where}",
            "a picture of {many}: {what}",
            "a picture of {many} {where}",
            "a drawing of {many} {where}",
            "a scene with {many}, {what}",
            "a scene with {many} {where}",
            "there are {many} {where}",
            "there are {many} to count: {what}",
            "we see {many} {where}",
            "we see {what} {where}, {many} in all",
            "{what}: {many}",
            "{what} {where}: {many}",
            "the things in the picture are {what}, {many} {where}");

    private static final List<String> EMPTY_TEMPLATES = List.of(
            "counting: the picture shows {many}",
            "the picture shows {many}",
            "the picture shows {many} {where}",
            "{many} {where}",
            "{many} at all {where}",
            "a picture of {many}",
            "an empty picture with {many} {where}",
            "a scene with {many}",
            "a scene with {many} {where}",
            "there are {many} {where}",
            "there are {many} to count {where}",
            "we see {many} {where}",
            "nothing {where}: {many}",
            "an empty scene: {many} {where}");

    private CountingCaptions() {}

    static String caption(String concept, Scene scene, SampleRandom random) {
        List<String> templates = scene.things().isEmpty() ? EMPTY_TEMPLATES : TEMPLATES;
        return random.pick(templates)
                .replace("{many}", concept)
                .replace("{where}", scene.backdrop().where())
                .replace("{what}", what(scene));
    }

    /** Such as {@code red apples}, or {@code a leaf and stars}. */
    private static String what(Scene scene) {
        return Stream.of(Kind.values())
                .map(kind -> scene.things().stream()
                        .filter(thing -> thing.kind() == kind)
                        .toList())
                .filter(things -> !things.isEmpty())
                .map(CountingCaptions::noun)
                .collect(Collectors.joining(" and "));
    }

    private static String noun(List<Thing> things) {
        Thing first = things.get(0);
        boolean sameColor = things.stream().allMatch(thing -> thing.hue() == first.hue());
        String color = sameColor ? first.hue().word() + " " : "";
        if (things.size() > 1) {
            return color + first.kind().more();
        }
        return (color.startsWith("o") ? "an " : "a ") + color + first.kind().one();
    }
}
