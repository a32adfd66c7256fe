package io.numclip.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputKindTest {

    @ParameterizedTest
    @CsvSource({"3000,2,24", "512,2,4", "513,2,6", "257,1,3", "3,8,3", "10000,2,40", "100000,16,400"})
    void eachSlotHasAsManyTasks(int images, int slots, int tasks) {
        assertThat(InputKind.tasks(images, slots)).isEqualTo(tasks);
    }
}
