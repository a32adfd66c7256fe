package io.numclip.sample.photograph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Split;
import io.numclip.sample.SampleKey;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
                assertThat(photograph.pixels().width()).as("%s", photograph).isGreaterThanOrEqualTo(112);
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
        for (Split split : Split.values()) {
            assertThat(originals(split)).allMatch(original -> sources.contains("`" + original + "`"));
        }
    }

    @Test
    void theTestSplitHasAtLeastSixtyPhotographs() {
        assertThat(originals(Split.TEST)).hasSizeGreaterThanOrEqualTo(60);
    }

    /** So that the subject of an image, its usual group, is its photograph. */
    @Test
    void everyPhotographHasItsOwnSubject() {
        Map<String, String> originals = new HashMap<>();
        for (Split split : Split.values()) {
            for (Photograph photograph : photographs.of(split)) {
                String first = originals.computeIfAbsent(photograph.subject(), subject -> photograph.original());
                assertThat(photograph.original()).as(photograph.subject()).isEqualTo(first);
            }
        }
    }

    @Test
    void noPhotographIsThereTwice() {
        Set<Integer> seen = new HashSet<>();
        for (Split split : Split.values()) {
            assertThat(photographs.of(split)).allMatch(photograph -> seen.add(digest(photograph)));
        }
    }

    @Test
    void samplesGoEvenlyThroughThePhotographs() {
        int photographCount = originals(Split.TEST).size();
        List<String> first = drawn(0, photographCount);
        List<String> second = drawn(photographCount, 2 * photographCount);
        assertThat(first).doesNotHaveDuplicates().isNotEqualTo(second);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void samplesShowEveryView() {
        Set<String> files = new HashSet<>();
        for (int index = 0; index < 400; index++) {
            files.add(photographs.of(key(Split.TRAIN, index)).toString());
        }
        assertThat(files).hasSameSizeAs(photographs.of(Split.TRAIN));
    }

    private List<String> drawn(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(index -> photographs.of(key(Split.TEST, index)).original())
                .toList();
    }

    private static SampleKey key(Split split, int index) {
        return new SampleKey("photographs-test", split, index, 1);
    }

    private static int digest(Photograph photograph) {
        BufferedImage image = photograph.pixels().toBufferedImage();
        return Arrays.hashCode(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
    }

    private Set<String> originals(Split split) {
        Set<String> originals = new HashSet<>();
        photographs.of(split).forEach(photograph -> originals.add(photograph.original()));
        return originals;
    }
}
