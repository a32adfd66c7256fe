package io.numclip.runner.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {

    @Test
    void numbersCountAsNumbers() {
        List<String> ordered = List.of(
                "img1.png",
                "img2.png",
                "img10.png",
                "img10b.png",
                "img99999999999999999999.png",
                "imgs.png",
                "photo.png");
        List<String> mixed = List.of(
                "photo.png",
                "img10.png",
                "imgs.png",
                "img99999999999999999999.png",
                "img2.png",
                "img10b.png",
                "img1.png");
        assertThat(mixed.stream().sorted(NaturalOrder.INSTANCE)).containsExactlyElementsOf(ordered);
    }

    @Test
    void namesThatDifferAreNeverEqual() {
        assertThat(NaturalOrder.INSTANCE.compare("a01", "a1")).isNegative();
        assertThat(NaturalOrder.INSTANCE.compare("a1", "a01")).isPositive();
        assertThat(NaturalOrder.INSTANCE.compare("a1", "a1")).isZero();
        assertThat(NaturalOrder.INSTANCE.compare("a", "a1")).isNegative();
    }
}
