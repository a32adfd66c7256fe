package io.numclip.yardstick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeldOutSharesTest {

    private static final int IMAGES = 60;

    private final Random random = new Random(1);
    private final long[] classes = new long[IMAGES];
    private final int[] parts = new int[IMAGES];
    private final float[][] features = new float[IMAGES][];

    HeldOutSharesTest() {
        for (int i = 0; i < IMAGES; i++) {
            classes[i] = i % 3;
            parts[i] = i / 3 % 4;
            features[i] =
                    new float[] {i % 3 + 0.2f * random.nextFloat(), (i % 3) * (i % 3) + 0.2f * random.nextFloat()};
        }
    }

    private double[][] shares() {
        try (NDManager manager = NDManager.newBaseManager()) {
            return HeldOutShares.of(features, classes, new float[] {0, 1, 2}, parts, manager);
        }
    }

    @Test
    void aWrongLabelHasLittleChance() {
        classes[7] = 2; // it looks like 1
        double[][] shares = shares();
        for (int i = 0; i < IMAGES; i++) {
            assertThat(Arrays.stream(shares[i]).sum()).isEqualTo(1, within(1e-9));
            assertThat(shares[i][i % 3]).as("image %d", i).isGreaterThan(0.8);
        }
    }

    @Test
    void whatOnlyOnePartHasIsNotKnownInIt() {
        for (int i = 0; i < IMAGES; i++) {
            if (i % 3 == 2) {
                parts[i] = 3;
            }
        }
        double[][] shares = shares();
        for (int i = 2; i < IMAGES; i += 3) {
            assertThat(shares[i][2]).isEqualTo(0, within(1e-9));
        }
    }
}
