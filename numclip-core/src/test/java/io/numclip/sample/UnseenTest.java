package io.numclip.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Split;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UnseenTest {

    @Test
    void oneTestImageInFourShowsSomethingUnseen() {
        assertThat(count(Split.TEST)).isEqualTo(100);
    }

    @Test
    void imagesToLearnFromShowNothingUnseen() {
        assertThat(count(Split.TRAIN)).isZero();
        assertThat(count(Split.VALIDATION)).isZero();
    }

    private static long count(Split split) {
        return IntStream.range(0, 400)
                .filter(index -> Unseen.isShownBy(new SampleKey("test", split, index, 1)))
                .count();
    }
}
