package io.numclip.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RandomChoiceTest {

    private static final List<LabeledImage> IMAGES = TestingImages.images(30, 40);

    @Test
    void theOrderOfTheListDoesNotMatterAndWhatStaysKeepsItsOrder() {
        List<LabeledImage> reversed = new ArrayList<>(IMAGES);
        Collections.reverse(reversed);
        List<LabeledImage> chosen = RandomChoice.of(IMAGES, 10, 1);
        assertThat(chosen).hasSize(10).doesNotHaveDuplicates();
        assertThat(IMAGES).containsSubsequence(chosen);
        assertThat(RandomChoice.of(reversed, 10, 1)).containsExactlyInAnyOrderElementsOf(chosen);
    }

    @Test
    void aLargerChoiceContainsASmallerOne() {
        assertThat(RandomChoice.of(IMAGES, 20, 1)).containsSubsequence(RandomChoice.of(IMAGES, 10, 1));
        assertThat(RandomChoice.of(IMAGES, 100, 1)).isEqualTo(IMAGES);
    }

    @Test
    void anotherSeedChoosesOthers() {
        assertThat(RandomChoice.of(IMAGES, 10, 2)).isNotEqualTo(RandomChoice.of(IMAGES, 10, 1));
    }

    @Test
    void noneIsNoChoice() {
        assertThatThrownBy(() -> RandomChoice.of(IMAGES, 0, 1)).hasMessageContaining("at least 1");
    }
}
