package io.numclip.yardstick;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearestOtherTest {

    @Test
    void theNearestIsNeverTheImageItself() {
        NearestOther nearest = NearestOther.of(new float[][] {{0, 0}, {3, 4}, {0, 1}, {3, 4}});
        assertThat(nearest.index()).containsExactly(2, 3, 0, 1);
        assertThat(nearest.distance()).containsExactly(1, 0, 1, 0);
        assertThat(nearest.quantile(0.5)).isEqualTo(1);
        assertThat(nearest.quantile(0)).isZero();
        assertThat(nearest.quantile(1)).isEqualTo(1);
    }
}
