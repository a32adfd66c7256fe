package io.numclip.sample.photograph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Split;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhotographsTest {

    private final Photographs photographs = Photographs.load();

    @Test
    void everySplitHasSeveralPhotographs() {
        for (Split split : Split.values()) {
            assertThat(originals(split)).hasSizeGreaterThanOrEqualTo(4);
        }
    }

    @Test
    void splitsShareNoPhotograph() {
        Set<String> seen = new HashSet<>();
        for (Split split : Split.values()) {
            assertThat(originals(split)).allMatch(seen::add);
        }
    }

    @Test
    void everyFileDecodesAndHasItsSubjectInside() {
        for (Split split : Split.values()) {
            for (Photograph photograph : photographs.of(split)) {
                assertThat(photograph.pixels().height()).as("%s", photograph).isGreaterThanOrEqualTo(112);
                assertThat(photograph.focusX()).isBetween(0.2, 0.8);
                assertThat(photograph.focusY()).isBetween(0.2, 0.8);
            }
        }
    }

    @Test
    void pixelsAreDecodedOnce() {
        Photograph photograph = photographs.of(Split.TRAIN).get(0);
        assertThat(photograph.pixels()).isSameAs(photograph.pixels());
    }

    @Test
    void everySourceIsNamed() throws IOException {
        String sources;
        try (InputStream stream = Photographs.resource("PHOTOGRAPHS.md")) {
            sources = new String(stream.readAllBytes(), UTF_8);
        }
        List<Photograph> single = Arrays.stream(Split.values())
                .flatMap(split -> photographs.of(split).stream())
                .filter(photograph -> !photograph.toString().contains("-"))
                .toList();
        assertThat(single).hasSize(7).allMatch(photograph -> sources.contains("| `" + photograph.original() + "` |"));
    }

    private Set<String> originals(Split split) {
        Set<String> originals = new HashSet<>();
        photographs.of(split).forEach(photograph -> originals.add(photograph.original()));
        return originals;
    }
}
