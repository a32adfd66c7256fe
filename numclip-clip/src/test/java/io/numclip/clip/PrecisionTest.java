package io.numclip.clip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrecisionTest {

    @Test
    void processorsThatMultiplyBf16AreKnown() {
        String amd = "vendor_id : AuthenticAMD\nflags : avx2 avx512f";
        String intel = "vendor_id : GenuineIntel\nflags : avx2 avx512f";
        assertThat(Precision.multipliesBf16(amd + " avx512_bf16 fma")).isTrue();
        assertThat(Precision.multipliesBf16(amd + " fma")).isFalse();
        assertThat(Precision.multipliesBf16(intel + " avx512_bf16 fma")).isFalse();
        assertThat(Precision.multipliesBf16(intel + " avx512_bf16 amx_bf16 fma"))
                .isTrue();
    }

    @Test
    void graphicsCardsThatMultiplyBf16AreKnown() {
        assertThat(Precision.multipliesBf16(75)).isFalse();
        assertThat(Precision.multipliesBf16(80)).isTrue();
    }
}
