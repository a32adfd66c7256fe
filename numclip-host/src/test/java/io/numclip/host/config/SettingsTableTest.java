package io.numclip.host.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTableTest {

    private enum Side {
        LEFT_HAND
    }

    private record Edge(double at, String name, Side side) {}

    private record Config(List<Edge> edges, Map<String, Double> weights, String word, int count, List<String> none) {}

    @Test
    void nestedDefaultsReadAsTheyAreWrittenInAConfiguration() {
        Config defaults =
                new Config(List.of(new Edge(30, "small", Side.LEFT_HAND)), Map.of("a", 0.5), "plain", 3, List.of());
        assertThat(SettingsTable.of(defaults))
                .containsExactly(
                        entry("edges", "[{at: 30.0, name: small, side: left-hand}]"),
                        entry("weights", "{a: 0.5}"),
                        entry("word", "\"plain\""),
                        entry("count", "3"),
                        entry("none", "[]"));
    }
}
