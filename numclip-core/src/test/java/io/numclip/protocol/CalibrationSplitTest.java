package io.numclip.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CalibrationSplitTest {

    private static final List<LabeledImage> IMAGES = TestingImages.images(30, 40);

    @Test
    void everyImageHasOnePart() {
        CalibrationSplit split = CalibrationSplit.of(IMAGES, 0.25, "", 1);
        assertThat(split.calibrating()).hasSize(10);
        assertThat(split.choosing()).hasSize(30).doesNotContainAnyElementsOf(split.calibrating());
    }

    @Test
    void theOrderOfTheListDoesNotMatterButTheSeedDoes() {
        List<LabeledImage> reversed = new ArrayList<>(IMAGES);
        Collections.reverse(reversed);
        List<LabeledImage> calibrating = CalibrationSplit.of(IMAGES, 0.5, "", 1).calibrating();
        assertThat(CalibrationSplit.of(reversed, 0.5, "", 1).calibrating())
                .containsExactlyInAnyOrderElementsOf(calibrating);
        assertThat(CalibrationSplit.of(IMAGES, 0.5, "", 2).calibrating()).isNotEqualTo(calibrating);
    }

    @Test
    void oneSubjectIsInOnePart() {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < IMAGES.size(); i++) {
            String name = "image " + i;
            images.add(TestingImages.image(name, 30, name, "person " + i / 4));
        }
        CalibrationSplit split = CalibrationSplit.of(images, 0.5, TestingImages.SUBJECT, 1);
        assertThat(split.calibrating()).hasSize(20);
        assertThat(subjects(split.choosing())).doesNotContainAnyElementsOf(subjects(split.calibrating()));
    }

    @Test
    void oneImageIsLeftToChoose() {
        assertThat(CalibrationSplit.of(IMAGES, 0.99, "", 1).choosing()).hasSize(1);
        assertThat(CalibrationSplit.of(IMAGES.subList(0, 1), 0.99, "", 1).calibrating())
                .isEmpty();
    }

    private static Set<String> subjects(List<LabeledImage> images) {
        return images.stream()
                .map(image -> image.attributes().get(TestingImages.SUBJECT))
                .collect(Collectors.toSet());
    }
}
