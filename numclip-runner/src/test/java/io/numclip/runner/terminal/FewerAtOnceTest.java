package io.numclip.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.message.Console;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FewerAtOnceTest {

    private static String told(int batch) {
        StringWriter err = new StringWriter();
        FewerAtOnce.tell(new Console(new StringWriter(), err, false), batch, 16);
        return err.toString().strip();
    }

    @Test
    void isToldWhereItIsSo() {
        assertThat(told(16)).isEmpty();
        assertThat(told(4))
                .isEqualTo("memory is short: images go through the model 4 at a time, not 16; no number changes by it");
        assertThat(told(1)).contains("one at a time, not 16");
    }
}
