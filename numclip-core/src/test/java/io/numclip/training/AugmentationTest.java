package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.numclip.clip.pixels.CropPlace;
import io.numclip.input.View;
import io.numclip.input.Warp;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.stream.DoubleStream;
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
                    .isEqualTo(new View(CropPlace.CENTER, BOTH.view(1, 1, index).mirrored(), Warp.NONE));
            assertThat(new Augmentation(false, true).view(1, 1, index))
                    .isEqualTo(new View(BOTH.view(1, 1, index).place(), false, Warp.NONE));
        }
    }

    @Test
    void aWarpStaysWithinItsBoundsAndReachesThem() {
        Augmentation warping = new Augmentation(false, false, 10, 0.2, 0.1);
        Warp[] warps = IntStream.range(0, 2000)
                .mapToObj(index -> warping.view(1, 1, index).warp())
                .toArray(Warp[]::new);
        assertRange(Arrays.stream(warps).mapToDouble(warp -> Math.toDegrees(warp.turn())), -10, 10);
        assertRange(Arrays.stream(warps).mapToDouble(Warp::zoom), 1 / 1.2, 1.2);
        assertRange(Arrays.stream(warps).mapToDouble(Warp::right), -0.1, 0.1);
        assertRange(Arrays.stream(warps).mapToDouble(Warp::down), -0.1, 0.1);
    }

    private static void assertRange(DoubleStream found, double lowest, double highest) {
        DoubleSummaryStatistics range = found.summaryStatistics();
        double near = (highest - lowest) / 100;
        assertThat(range.getMin()).isBetween(lowest, lowest + near);
        assertThat(range.getMax()).isBetween(highest - near, highest);
    }

    @Test
    void aValueThatNoImageWouldSurviveIsRefused() {
        assertThatThrownBy(() -> new Augmentation(false, false, 0, 0, 1.5))
                .hasMessage("shift must be 0 to 0.99; found 1.5");
        assertThatThrownBy(() -> new Augmentation(false, false, Double.NaN, 0, 0))
                .hasMessage("turn must be 0 to 180.0; found NaN");
    }
}
