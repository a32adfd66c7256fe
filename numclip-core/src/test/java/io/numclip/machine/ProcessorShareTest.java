package io.numclip.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorShareTest {

    @Test
    void allowedProcessorsAreCountedInRanges() {
        assertThat(ProcessorShare.count("Name:\tjava\nCpus_allowed_list:\t0-3,8,10-11\nMems_allowed:\t1"))
                .isEqualTo(7);
        assertThat(ProcessorShare.count("Name:\tjava")).isZero();
    }

    @Test
    void libtorchIsToldOnlyOfLessThanItWouldTake() {
        assertThat(ProcessorShare.isLess(1, 16, null)).isTrue();
        assertThat(ProcessorShare.isLess(1, 16, " ")).isTrue();
        assertThat(ProcessorShare.isLess(16, 16, null)).isFalse();
        assertThat(ProcessorShare.isLess(1, 16, "4")).as("the user has chosen").isFalse();
    }

    @Test
    void thisProcessRunsSomewhere() {
        assertThat(ProcessorShare.allowed()).isPositive();
    }
}
