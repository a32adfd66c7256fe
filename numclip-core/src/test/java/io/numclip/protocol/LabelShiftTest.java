package io.numclip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelShiftTest {

    /** 29 images of label 1, 14 of 2, 14 of 3, 4 of 4. */
    private static final List<LabeledImage> IMAGES = images();

    @ParameterizedTest
    @CsvSource({
        "0, 0.1, 29, 14, 14, 4",
        "1, 0.1, 2, 14, 14, 4", // int(2.9)
        "1, 0.2, 5, 14, 14, 4", // int(5.8)
        "2, 0.1, 2, 1, 14, 4", // of equally common labels the smaller is cut first
        "3, 0.2, 5, 2, 2, 4",
        "4, 0.1, 2, 1, 1, 1", // max(int(0.4), 1)
        "40, 0.2, 5, 2, 2, 1",
        "40, 1, 29, 14, 14, 4"
    })
    void theCommonestLabelsAreCut(int labels, double keep, int of1, int of2, int of3, int of4) {
        assertThat(FewShotTest.counts(LabelShift.cut(IMAGES, labels, keep, 1)))
                .isEqualTo(Map.of(1.0, of1, 2.0, of2, 3.0, of3, 4.0, of4));
    }

    @Test
    void theOrderOfTheListDoesNotMatter() {
        List<LabeledImage> reversed = new ArrayList<>(IMAGES);
        Collections.reverse(reversed);
        assertThat(LabelShift.cut(reversed, 2, 0.2, 7))
                .containsExactlyInAnyOrderElementsOf(LabelShift.cut(IMAGES, 2, 0.2, 7));
    }

    @Test
    void aShareOfNothingIsNoShift() {
        assertThatThrownBy(() -> LabelShift.cut(IMAGES, 2, 0, 1)).hasMessageContaining("above 0");
    }

    private static List<LabeledImage> images() {
        List<LabeledImage> images = new ArrayList<>();
        images.addAll(TestingImages.images(3, 14));
        images.addAll(TestingImages.images(1, 29));
        images.addAll(TestingImages.images(4, 4));
        images.addAll(TestingImages.images(2, 14));
        return images;
    }
}
