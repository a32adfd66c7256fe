package io.numclip.tasks.age;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PersonTest {

    @Test
    void growingUpEndsAndWearFollows() {
        assertThat(mean(0, person -> person.aging().growth())).isLessThan(0.1);
        assertThat(mean(25, person -> person.aging().growth())).isGreaterThan(0.9);
        assertThat(mean(20, person -> person.aging().wear())).isLessThan(0.03);
        assertThat(mean(90, person -> person.aging().wear())).isGreaterThan(0.85);
    }

    @Test
    void peopleLookWithinAFewYearsOfTheirAge() {
        for (int age = 0; age <= 100; age += 5) {
            double expected = age;
            assertThat(aged(age)).allMatch(person -> Math.abs(person.aging().years() - expected) < 10);
        }
    }

    @Test
    void hairTurnsGrayBetweenFortyAndEighty() {
        assertThat(share(35, person -> person.aging().gray() > 0.1)).isZero();
        assertThat(share(85, person -> person.aging().gray() > 0.9)).isGreaterThan(0.9);
    }

    @Test
    void childrenHaveNoBeards() {
        assertThat(share(12, person -> person.beard() > 0)).isZero();
        assertThat(share(40, Person::isBearded)).isBetween(0.1, 0.3);
    }

    @Test
    void glassesBecomeLikelierWithAge() {
        assertThat(share(10, Person::glasses)).isLessThan(share(40, Person::glasses));
        assertThat(share(40, Person::glasses)).isLessThan(share(75, Person::glasses));
    }

    @Test
    void unseenTraitsAreNobodyElses() {
        assertThat(aged(40)).noneMatch(PersonTest::isUnlikeOthers);
        assertThat(aged(40).map(Person::unseen)).allMatch(PersonTest::isUnlikeOthers);
    }

    @Test
    void unseenTraitsDoNotTouchAge() {
        assertThat(aged(70)).allMatch(person -> person.unseen().aging().equals(person.aging()));
    }

    private static boolean isUnlikeOthers(Person person) {
        return person.hair().style() == Hair.Style.BRAIDS && person.setting().bricks();
    }

    private static double mean(int age, ToDoubleFunction<Person> measure) {
        return aged(age).mapToDouble(measure).average().orElseThrow();
    }

    private static double share(int age, Predicate<Person> trait) {
        return mean(age, person -> trait.test(person) ? 1 : 0);
    }

    private static Stream<Person> aged(int age) {
        return IntStream.range(0, 300)
                .mapToObj(index -> Person.aged(age, new SampleKey("age-test", Split.TRAIN, index, 1).random("person")));
    }
}
