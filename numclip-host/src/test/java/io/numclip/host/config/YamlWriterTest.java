package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlWriterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "~",
                "null",
                "Null",
                "",
                " a ",
                "true",
                "0x10",
                "- a",
                "a: b #c",
                "'\"",
                "a\u0085b",
                "a\u2028b",
                "a\u0000b",
                "a\tb\nc",
                "\ufeffa",
                "..."
            })
    void textIsReadBackAsItWas(String text) {
        ConfigNode.Mapping read =
                YamlReader.parse("text", YamlWriter.write(Map.of("block", text, "flow", Map.of("in", List.of(text)))));
        assertThat(read.text("block")).isEqualTo(text);
        ConfigNode.Mapping flow = YamlReader.parse("text", "flow: " + YamlWriter.flow(text));
        assertThat(flow.text("flow")).isEqualTo(text);
    }
}
