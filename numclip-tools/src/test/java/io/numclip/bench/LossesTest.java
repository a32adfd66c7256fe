package io.numclip.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;

class LossesTest {

    @Test
    void everyBuiltInLossIsMeasured() throws IOException, ReflectiveOperationException {
        String[] measured =
                Losses.class.getDeclaredField("type").getAnnotation(Param.class).value();
        assertThat(measured).containsExactlyElementsOf(new BuiltInLosses().types());
    }
}
