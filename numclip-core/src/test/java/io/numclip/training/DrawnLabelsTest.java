package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawnLabelsTest {

    private static final Bins BINS = new Bins(List.of(new Bin("low", 0, 40, 0), new Bin("high", 40, 100, 40)));

    @Test
    void oneLabelIsDrawnOfSeveralEquallyOften() {
        DrawnLabels labels = labels("20 23.5 31", 1);
        Map<Float, Integer> drawn = new HashMap<>();
        for (int epoch = 1; epoch <= 3000; epoch++) {
            assertThat(labels.of(epoch).value(0)).isEqualTo(50);
            drawn.merge(labels.of(epoch).value(1), 1, Integer::sum);
        }
        assertThat(drawn)
                .containsOnlyKeys(20f, 23.5f, 31f)
                .allSatisfy((label, times) -> assertThat(times).isCloseTo(1000, within(120)));
    }

    @Test
    void theDrawFollowsFromSeedAndEpoch() {
        List<Float> first = drawn(labels("1 2 3 4", 7));
        assertThat(drawn(labels("1 2 3 4", 7))).isEqualTo(first);
        assertThat(drawn(labels("1 2 3 4", 8))).isNotEqualTo(first);
    }

    @Test
    void labelsThatAreNoNumbersAreRefused() {
        assertThatThrownBy(() -> labels("20 many", 1))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("image 'several'")
                .hasMessageContaining("20 many");
    }

    private static List<Float> drawn(DrawnLabels labels) {
        return IntStream.rangeClosed(1, 20)
                .mapToObj(epoch -> labels.of(epoch).value(1))
                .toList();
    }

    private static DrawnLabels labels(String several, long seed) {
        LabeledImage one = TestingImages.square("one", 50);
        LabeledImage more = new LabeledImage("several", one.source(), 23.5, Map.of(LabeledImage.ALL_LABELS, several));
        return new DrawnLabels(List.of(one, more), BINS, seed);
    }
}
