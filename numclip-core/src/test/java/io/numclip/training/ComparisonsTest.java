package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import io.numclip.data.LabeledImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonsTest {

    private static final List<LabeledImage> IMAGES = List.of(
            said(0, "square-1| square-2 |square-1|of another split", ""), said(1, "", "square-3"), said(2), said(3));

    private static LabeledImage said(int place, String... said) {
        LabeledImage image = TestingImages.square("square-" + place, place);
        Map<String, String> attributes =
                said.length == 0 ? Map.of() : Map.of(LabeledImage.MORE_THAN, said[0], LabeledImage.EQUAL_TO, said[1]);
        return new LabeledImage(image.name(), image.source(), image.label(), attributes);
    }

    @Test
    void aBatchKnowsWhatWasSaidOfItsImages() {
        try (NDManager manager = NDManager.newBaseManager()) {
            Comparisons comparisons = Comparisons.of(IMAGES);
            assertThat(comparisons.of(List.of(0, 1, 3), manager).toFloatArray())
                    .containsExactly(0, 2, 0, 0, 0, 0.5f, 0, 0.5f, 0);
            assertThat(comparisons.of(List.of(2, 0), manager).toFloatArray()).containsExactly(0, 0, 1, 0);
            assertThat(Comparisons.NONE.of(List.of(0, 1), manager).toFloatArray())
                    .containsOnly(0);
        }
    }

    @Test
    void comparedImagesFollowEachOther() {
        List<LabeledImage> images = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            images.add(i % 4 == 0 ? said(i, "square-" + (i + 2), "") : said(i));
        }
        int[] order = RandomOrder.permutation(40, 1, 1);
        int[] paired = Comparisons.of(images).together(order, new SplittableRandom(1));
        assertThat(paired).containsExactlyInAnyOrder(order);
        for (int i = 0; i < 40; i += 4) {
            int place = place(paired, i);
            assertThat(Math.abs(place - place(paired, i + 2))).isEqualTo(1);
        }
        assertThat(Comparisons.NONE.together(order, new SplittableRandom(1))).isSameAs(order);
    }

    /** As sampling with replacement gives them. */
    @Test
    void imagesThatComeSeveralTimesDoSoAfterwards() {
        int[] order = {0, 0, 3, 1, 0, 2, 2, 3};
        int[] paired = Comparisons.of(IMAGES).together(order, new SplittableRandom(2));
        assertThat(paired).containsExactlyInAnyOrder(order).startsWith(0);
        assertThat(Arrays.copyOf(paired, 4)).as("0 was compared with 1 and 2").doesNotContain(3);
    }

    private static int place(int[] order, int image) {
        return IntStream.range(0, order.length)
                .filter(i -> order[i] == image)
                .findFirst()
                .orElseThrow();
    }
}
