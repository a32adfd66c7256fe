package io.numclip.tasks.dating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TraitTest {

    @Test
    void traitChangesEvenlyWithinADecade() {
        assertThat(Trait.SEPIA.in(1930)).isEqualTo(1);
        assertThat(Trait.SEPIA.in(1935)).isEqualTo(0.75, within(1e-9));
        assertThat(Trait.SEPIA.in(1940)).isEqualTo(0.5);
    }

    @Test
    void traitStaysAtItsEndsOutsideTheScale() {
        assertThat(Trait.BORDER.in(1900)).isEqualTo(Trait.BORDER.in(1930));
        assertThat(Trait.FADE.in(1999)).isEqualTo(1);
    }

    @Test
    void noTwoYearsLookAlike() {
        for (int year = DatingSamples.FIRST_YEAR; year < DatingSamples.LAST_YEAR; year++) {
            int changed = 0;
            for (Trait trait : Trait.values()) {
                changed += trait.in(year) == trait.in(year + 1) ? 0 : 1;
            }
            assertThat(changed).as("traits that change in %s", year).isGreaterThanOrEqualTo(5);
        }
    }
}
