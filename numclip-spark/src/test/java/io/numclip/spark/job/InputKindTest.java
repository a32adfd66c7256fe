package io.numclip.spark.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputKindTest {

    @ParameterizedTest
    @CsvSource({"3000,2,34", "512,2,8", "513,2,10", "257,1,5", "3,8,3", "100000,16,400"})
    void eachSlotHasAsManyTasks(int images, int slots, int tasks) {
        assertThat(InputKind.tasks(images, slots)).isEqualTo(tasks);
    }
}
