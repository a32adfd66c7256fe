package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import org.junit.jupiter.api.Test;

class SparkVersionTest {

    @Test
    void takesTheSparkOfTheseTests() {
        assertThatCode(SparkVersion::check).doesNotThrowAnyException();
    }

    @Test
    void refusesAnEarlierSpark() {
        assertThatThrownBy(() -> SparkVersion.check("3.5.6"))
                .isInstanceOf(NumClipException.class)
                .hasMessageContaining("needs Spark 4, found Spark 3.5.6");
    }
}
