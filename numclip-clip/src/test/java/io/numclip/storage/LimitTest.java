package io.numclip.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    @AfterEach
    void reset() {
        System.clearProperty(Limit.PROPERTIES + "image.pixels");
    }

    @Test
    void aLimitIsUsualUntilItIsSet() {
        assertThat(Limit.IMAGE_PIXELS.value()).isEqualTo(50_000_000);
        Limit.of("image.pixels").set("9000000000");
        assertThat(Limit.IMAGE_PIXELS.value()).isEqualTo(9_000_000_000L);
        assertThat(Limit.IMAGE_PIXELS.intValue()).isEqualTo(Integer.MAX_VALUE - 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1e6", "", "many", "99999999999999999999"})
    void whatIsNoNumberFromOneOnIsRefused(String value) {
        assertThatThrownBy(() -> Limit.IMAGE_PIXELS.set(value))
                .isInstanceOfSatisfying(
                        NumClipException.class, e -> assertThat(e.fix()).contains("at most 18 digits"))
                .hasMessage("limit image.pixels: expected a number from 1 on, found '" + value + "'");
    }

    @Test
    void anUnknownNameHasTheNearestOne() {
        assertThatThrownBy(() -> Limit.of("image.pixel")).hasMessageContaining("Did you mean 'image.pixels'?");
    }

    @Test
    void aMessageHasItsNameAndNumber() {
        assertThat(Limit.IMAGE_PIXELS.exceededBy("too many pixels"))
                .isEqualTo("too many pixels, the limit image.pixels is 50,000,000");
    }

    @Test
    void allNamesDiffer() {
        assertThat(Arrays.stream(Limit.values()).map(Limit::key)).doesNotHaveDuplicates();
    }
}
