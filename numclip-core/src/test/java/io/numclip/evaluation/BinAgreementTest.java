package io.numclip.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BinAgreementTest {

    private static final int[] LABELS = {0, 5, 99, 40};
    private static final int[] LIKELIEST = {0, 9, 90, 55};

    @Test
    void kappaIsTheSameForBillionsOfImagesInTheSameShares() {
        double few = kappa(1);
        assertThat(few).isBetween(0.9, 1.0);
        assertThat(kappa(3_000_000)).isCloseTo(few, within(1e-12));
        assertThat(kappa(500_000_000)).isCloseTo(few, within(1e-12));
    }

    @Test
    void kappaIsUndefinedWhereAllLieInOneBin() {
        int[] one = {3, 3};
        assertThat(BinAgreement.quadraticKappa(one, one, new int[] {700_000_001, 3}))
                .isEmpty();
    }

    private static double kappa(int times) {
        int[] counts = Arrays.stream(new int[] {1, 2, 3, 4})
                .map(count -> count * times)
                .toArray();
        return BinAgreement.quadraticKappa(LABELS, LIKELIEST, counts).orElseThrow();
    }
}
