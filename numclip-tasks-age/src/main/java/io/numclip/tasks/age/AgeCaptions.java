package io.numclip.tasks.age;

import io.numclip.sample.SampleRandom;
import java.util.ArrayList;
import java.util.List;

/** Sentences about a portrait: the age in concept words, and what else can be seen. */
final class AgeCaptions {

    /** {@code {an}} is the article and {@code {who}} the concept; {@code {with}} is what else can be seen, or nothing. */
    private static final List<String> TEMPLATES = List.of(
            "age estimation: the person is {an} {who}",
            "the person is {an} {who}{with}",
            "a portrait of {an} {who}{with}",
            "a drawing of {an} {who}{with}",
            "a picture of {an} {who}{with}",
            "a face of {an} {who}{with}",
            "{an} {who}{with}",
            "{an} {who}{with}, drawn from the front",
            "this is {an} {who}{with}",
            "here we see {an} {who}{with}",
            "the face belongs to {an} {who}{with}",
            "the portrait shows {an} {who}{with}",
            "a painted {who}{with}",
            "a coloured portrait of {an} {who}{with}",
            "a close view of {an} {who}{with}",
            "someone who is {an} {who}{with}",
            "{an} {who}{with} looks at us",
            "the age of this person: {an} {who}",
            "a person who looks like {an} {who}{with}",
            "head and shoulders of {an} {who}{with}");

    private AgeCaptions() {}

    static String caption(String concept, Person person, SampleRandom random) {
        String article = "aeiou".indexOf(concept.charAt(0)) >= 0 ? "an" : "a";
        return random.pick(TEMPLATES)
                .replace("{an}", article)
                .replace("{who}", concept)
                .replace("{with}", random.chance(0.7) ? random.pick(visible(person)) : "");
    }

    private static List<String> visible(Person person) {
        List<String> visible = new ArrayList<>();
        visible.add(
                person.hair().isBald()
                        ? " with a bald head"
                        : " with " + person.hair().word() + " hair");
        if (person.glasses()) {
            visible.add(" with glasses");
        }
        if (person.isBearded()) {
            visible.add(" with a beard");
        }
        if (person.isSmiling()) {
            visible.add(" with a smile");
        }
        return visible;
    }
}
