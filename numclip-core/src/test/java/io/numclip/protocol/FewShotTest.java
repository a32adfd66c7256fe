package io.numclip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FewShotTest {

    /** 3 images of label 20, 10 of 30, 1 of 40. */
    private static final List<LabeledImage> IMAGES = images();

    @ParameterizedTest
    @CsvSource({"1, 1, 1, 1", "2, 2, 2, 1", "4, 3, 4, 1", "8, 3, 8, 1", "16, 3, 10, 1", "64, 3, 10, 1"})
    void aLabelWithFewerImagesKeepsAll(int shots, int of20, int of30, int of40) {
        assertThat(counts(FewShot.choose(IMAGES, shots, 1)))
                .containsExactlyInAnyOrderEntriesOf(Map.of(20.0, of20, 30.0, of30, 40.0, of40));
    }

    @Test
    void theOrderOfTheListDoesNotMatter() {
        List<LabeledImage> reversed = new ArrayList<>(IMAGES);
        Collections.reverse(reversed);
        assertThat(FewShot.choose(reversed, 2, 7)).containsExactlyInAnyOrderElementsOf(FewShot.choose(IMAGES, 2, 7));
    }

    @Test
    void whatStaysKeepsItsOrder() {
        assertThat(FewShot.choose(IMAGES, 4, 3)).isSubsetOf(IMAGES).containsSubsequence(FewShot.choose(IMAGES, 2, 3));
    }

    @Test
    void anotherSeedDrawsOthers() {
        assertThat(FewShot.choose(IMAGES, 1, 1)).isEqualTo(FewShot.choose(IMAGES, 1, 1));
        assertThat(List.of(FewShot.choose(IMAGES, 4, 2), FewShot.choose(IMAGES, 4, 3)))
                .doesNotContain(FewShot.choose(IMAGES, 4, 1));
    }

    @Test
    void noneIsNoFewShot() {
        assertThatThrownBy(() -> FewShot.choose(IMAGES, 0, 1)).hasMessageContaining("at least 1");
    }

    static Map<Double, Integer> counts(List<LabeledImage> images) {
        Map<Double, Integer> counts = new TreeMap<>();
        images.forEach(image -> counts.merge(image.label(), 1, Integer::sum));
        return counts;
    }

    private static List<LabeledImage> images() {
        List<LabeledImage> images = new ArrayList<>(TestingImages.images(30, 10));
        images.addAll(TestingImages.images(20, 3));
        images.addAll(TestingImages.images(40, 1));
        return images;
    }
}
