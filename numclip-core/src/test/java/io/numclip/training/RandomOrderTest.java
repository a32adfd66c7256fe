package io.numclip.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandomOrderTest {

    @Test
    void permutationHoldsEachIndexOnceAndFollowsFromSeedAndEpoch() {
        int[] order = RandomOrder.permutation(100, 7, 3);
        assertThat(order).hasSize(100).doesNotHaveDuplicates().isEqualTo(RandomOrder.permutation(100, 7, 3));
        assertThat(order).isNotEqualTo(RandomOrder.permutation(100, 7, 4));
        assertThat(order).isNotEqualTo(RandomOrder.permutation(100, 8, 3));
        assertThat(order).contains(0, 99);
    }
}
