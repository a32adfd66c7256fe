package io.numclip.host.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ExitCodesTest {

    @Test
    void everyKindHasACodeOfItsOwn() {
        assertThat(Arrays.stream(NumClipException.Kind.values()).map(ExitCodes::of))
                .doesNotHaveDuplicates()
                .allMatch(code -> code >= 64 && code <= 80);
    }
}
