package io.numclip.testing;

import static io.numclip.testing.NDArrayAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NDArrayAssertTest {

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray expected = array(1000, -20, 1, 0);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void anErrorOfOnePercentInASmallElementIsCaught() {
        assertThatThrownBy(() -> assertThat(array(1000, -20, 1.01f, 0)).isRelativelyCloseTo(expected, 1e-5))
                .hasMessageContaining("found 1.00999")
                .hasMessageContaining("at flat index 2");
    }

    @Test
    void theRoundingOfLargerTermsIsNoError() {
        float rounding = 10 * Math.ulp(1000f);
        assertThat(array(1000 + rounding, -20, 1 + rounding, rounding)).isRelativelyCloseTo(expected, 1e-6);
    }

    @Test
    void everyElementMayBeOffByItsOwnShare() {
        assertThat(array(1000.9f, -20.01f, 1.0005f, 0)).isRelativelyCloseTo(expected, 1e-3);
        assertThatThrownBy(() -> assertThat(array(1001.1f, -20, 1, 0)).isRelativelyCloseTo(expected, 1e-3))
                .hasMessageContaining("at flat index 0");
    }

    private NDArray array(float... values) {
        return manager.create(values);
    }
}
