package io.numclip.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliarImagesTest {

    /** The rarest of n held-out images and a new one has a share of 1 / (n + 1). */
    @ParameterizedTest
    @CsvSource({"0.05, 18, false", "0.05, 19, true", "0.1, 9, true", "0.1, 8, false", "0.5, 1, true"})
    void itCanTellFromTheFewestHeldOutImagesOn(double rate, int heldOut, boolean canTell) {
        float[] far = {0, 1};
        FamiliarImages familiar =
                new FamiliarImages(new float[][] {{1, 0}}, new float[heldOut], rate, heldOut, null, null);
        assertThat(familiar.canTell()).isEqualTo(canTell);
        assertThat(familiar.of(far).strange()).isEqualTo(canTell);
        assertThat(FamiliarImages.fewest(rate) <= heldOut).isEqualTo(canTell);
    }
}
