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
    void asManyWorkAsTheUserHasChosenOrElseAsThereAreProcessors() {
        assertThat(ProcessorShare.chosen(null, null, 4)).isEqualTo(4);
        assertThat(ProcessorShare.chosen(null, " ", 4)).isEqualTo(4);
        assertThat(ProcessorShare.chosen(null, "3", 4)).isEqualTo(3);
        assertThat(ProcessorShare.chosen(null, "6,2", 4)).isEqualTo(6);
        assertThat(ProcessorShare.chosen("1", "3", 4)).isEqualTo(1);
        assertThat(ProcessorShare.chosen(null, "all", 4)).isEqualTo(4);
        assertThat(ProcessorShare.chosen(null, "0", 4)).isEqualTo(4);
    }

    @Test
    void thisProcessRunsSomewhere() {
        assertThat(ProcessorShare.allowed()).isPositive();
    }
}
