package io.numclip.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.numclip.data.Region;
import io.numclip.data.RgbRows;
import io.numclip.spi.RegionFinder;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every finder of regions must do: find regions that lie in the picture, the same in the same picture. A test is one
 * subclass that provides the factory.
 *
 * @param <C> settings of the finder
 */
public abstract class RegionFinderContract<C extends Record> extends ComponentContract<RegionFinder.Factory<C>, C> {

    private static final List<int[]> SIZES = List.of(new int[] {1, 1}, new int[] {3, 70}, new int[] {200, 90});

    private static RgbRows picture(int[] size) {
        Random random = new Random(3);
        BufferedImage picture = new BufferedImage(size[0], size[1], BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < size[0] * size[1]; i++) {
            picture.setRGB(i % size[0], i / size[0], random.nextInt(1 << 24));
        }
        return RgbRows.of(picture);
    }

    @Test
    void regionsLieInThePicture() {
        try (RegionFinder finder = factory().create(config())) {
            for (int[] size : SIZES) {
                for (RegionFinder.Found found : finder.find(picture(size))) {
                    Region region = found.region();
                    assertThatCode(() -> region.requireIn(size[0], size[1]))
                            .as("find(): cut what goes beyond the edge of the picture")
                            .doesNotThrowAnyException();
                }
            }
        }
    }

    @Test
    void theMostConfidentComesFirst() {
        try (RegionFinder finder = factory().create(config())) {
            for (int[] size : SIZES) {
                assertThat(finder.find(picture(size)))
                        .as("find(): sort by confidence, highest first")
                        .isSortedAccordingTo(Comparator.comparing(RegionFinder.Found::confidence)
                                .reversed());
            }
        }
    }

    @Test
    void theSamePictureHasTheSameRegions() {
        try (RegionFinder finder = factory().create(config())) {
            for (int[] size : SIZES) {
                assertThat(finder.find(picture(size)))
                        .as("find(): the same picture has other regions the second time: keep no state between calls")
                        .isEqualTo(finder.find(picture(size)));
            }
        }
    }
}
