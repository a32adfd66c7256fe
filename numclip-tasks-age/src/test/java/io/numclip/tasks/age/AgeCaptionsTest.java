package io.numclip.tasks.age;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AgeCaptionsTest {

    @Test
    void captionsNameOnlyWhatIsDrawn() {
        assertThat(peopleWhoseCaptionHas(" glasses")).isNotEmpty().allMatch(Person::glasses);
        assertThat(peopleWhoseCaptionHas(" beard")).isNotEmpty().allMatch(Person::isBearded);
        assertThat(peopleWhoseCaptionHas(" smile")).isNotEmpty().allMatch(Person::isSmiling);
        assertThat(peopleWhoseCaptionHas(" bald")).isNotEmpty().allMatch(bald());
    }

    @Test
    void articleFitsTheConcept() {
        assertThat(captions("older adult")).noneMatch(caption -> caption.contains("a older adult"));
        assertThat(captions("older adult")).anyMatch(caption -> caption.contains("an older adult"));
        assertThat(captions("child")).anyMatch(caption -> caption.contains("a child"));
    }

    private static Predicate<Person> bald() {
        return person -> person.hair().isBald();
    }

    private static Person[] peopleWhoseCaptionHas(String word) {
        return IntStream.range(0, 2000)
                .filter(index -> caption("older adult", index).contains(word))
                .mapToObj(AgeCaptionsTest::person)
                .toArray(Person[]::new);
    }

    private static String[] captions(String concept) {
        return IntStream.range(0, 50).mapToObj(index -> caption(concept, index)).toArray(String[]::new);
    }

    private static String caption(String concept, int index) {
        return AgeCaptions.caption(concept, person(index), key(index).random("caption"));
    }

    private static Person person(int index) {
        return Person.aged(72, key(index).random("person"));
    }

    private static SampleKey key(int index) {
        return new SampleKey("age-test", Split.TRAIN, index, 1);
    }
}
