package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.clip.CropPlace;
import io.numclip.input.View;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {

    private static final Augmentation BOTH = new Augmentation(true, true);

    @Test
    void aViewFollowsFromSeedEpochAndIndex() {
        View view = BOTH.view(7, 3, 11);
        assertThat(BOTH.view(7, 3, 11)).isEqualTo(view);
        assertThat(BOTH.view(8, 3, 11).place()).isNotEqualTo(view.place());
        assertThat(BOTH.view(7, 4, 11).place()).isNotEqualTo(view.place());
        assertThat(BOTH.view(7, 3, 12).place()).isNotEqualTo(view.place());
    }

    @Test
    void halfOfTheImagesAreFlippedAndPlacesAreSpreadEvenly() {
        View[] views = IntStream.range(0, 10_000)
                .mapToObj(index -> BOTH.view(1, 1, index))
                .toArray(View[]::new);
        assertThat(IntStream.range(0, views.length)
                        .filter(i -> views[i].mirrored())
                        .count())
                .isCloseTo(5000, within(200L));
        for (int part = 0; part < 4; part++) {
            double from = part / 4.0;
            assertThat(IntStream.range(0, views.length)
                            .filter(i -> views[i].place().down() > from
                                    && views[i].place().down() <= from + 0.25)
                            .count())
                    .isCloseTo(2500, within(200L));
        }
        assertThat(IntStream.range(0, views.length)
                        .filter(i -> views[i].place().down() > 0.5
                                && views[i].place().across() > 0.5
                                && views[i].mirrored())
                        .count())
                .isCloseTo(1250, within(150L));
    }

    @Test
    void eachChangeCanBeSwitchedOffAndLeavesTheOtherAsItIs() {
        for (int index = 0; index < 50; index++) {
            assertThat(Augmentation.NONE.view(1, 1, index)).isEqualTo(View.PLAIN);
            assertThat(new Augmentation(true, false).view(1, 1, index))
                    .isEqualTo(new View(CropPlace.CENTER, BOTH.view(1, 1, index).mirrored()));
            assertThat(new Augmentation(false, true).view(1, 1, index))
                    .isEqualTo(new View(BOTH.view(1, 1, index).place(), false));
        }
    }
}
