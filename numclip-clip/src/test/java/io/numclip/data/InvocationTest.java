package io.numclip.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvocationTest {

    @ParameterizedTest
    @ValueSource(strings = {"runs/age-1", "../größe_2.yaml", "/tmp/a+b", "age,counting"})
    void whatAShellTakesAsItIsStaysSo(String argument) {
        assertThat(Invocation.argument(argument)).isEqualTo(argument);
    }

    @Test
    void whatAShellWouldTakeApartIsQuoted() {
        assertThat(Invocation.argument(Path.of("my squares/ünï cöde.yaml"))).isEqualTo("'my squares/ünï cöde.yaml'");
        assertThat(Invocation.argument("d<b>&\"4")).isEqualTo("'d<b>&\"4'");
        assertThat(Invocation.argument("Anna's $HOME")).isEqualTo("'Anna'\\''s $HOME'");
        assertThat(Invocation.argument("")).isEqualTo("''");
        assertThat(Invocation.argument("Anna's\n\\x")).isEqualTo("$'Anna\\'s\\u000a\\\\x'");
    }
}
