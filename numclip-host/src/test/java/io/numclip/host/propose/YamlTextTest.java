package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.YamlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"digits", "number of things", "../a b/labels.csv", "./x", "/data/x.csv"})
    void simpleTextStaysBare(String text) {
        assertThat(YamlText.of(text)).isEqualTo(text);
        assertReadsBack(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "no",
                "7",
                "a: b",
                "a, b",
                "x #y",
                "\"q\"",
                "back\\slash",
                "tab\tline\n",
                "°C",
                "- a",
                " a "
            })
    void whatYamlCouldMisreadIsQuoted(String text) {
        assertThat(YamlText.of(text)).startsWith("\"");
        assertReadsBack(text);
    }

    private static void assertReadsBack(String text) {
        ConfigNode.Mapping tree = YamlReader.parse("test", "a: {b: " + YamlText.of(text) + ", c: d}");
        ConfigNode.Scalar scalar = (ConfigNode.Scalar) ((ConfigNode.Mapping) tree.get("a")).get("b");
        assertThat(scalar.text()).isEqualTo(text);
        assertThat(scalar.isNull()).isFalse();
    }
}
