package io.numclip.tasks.dating;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.OrdinalTaskContract;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatingTaskTest extends OrdinalTaskContract<DatingTask.Config> {

    @Override
    protected OrdinalTask.Factory<DatingTask.Config> factory() {
        return new DatingTask.Factory();
    }

    @Override
    protected Bins concepts() {
        return new Bins(List.of(
                new Bin("nineteen thirties", 1930, 1940, 1935),
                new Bin("nineteen forties", 1940, 1950, 1945),
                new Bin("nineteen fifties", 1950, 1960, 1955),
                new Bin("nineteen sixties", 1960, 1970, 1965),
                new Bin("nineteen seventies", 1970, 1979, 1975)));
    }

    @Override
    protected Pattern allowedNumberWords() {
        return Pattern.compile("nineteen (thirties|forties|fifties|sixties|seventies)");
    }

    @Test
    void splitsShareNoPhotograph() {
        DatingSamples samples = new DatingSamples();
        Set<String> seen = new HashSet<>();
        for (Split split : Split.values()) {
            Set<String> photographs = new HashSet<>();
            IntStream.range(0, 400)
                    .mapToObj(i -> samples.draw(split, i, 1))
                    .forEach(image -> photographs.add(photograph(image)));
            assertThat(photographs).hasSizeGreaterThan(3).doesNotContainAnyElementsOf(seen);
            seen.addAll(photographs);
        }
    }

    @Test
    void everyYearIsDrawn() {
        DatingSamples samples = new DatingSamples();
        assertThat(IntStream.range(0, 200)
                        .mapToObj(i -> samples.draw(Split.TRAIN, i, 1).label())
                        .distinct())
                .hasSize(50);
    }

    private static String photograph(LabeledImage image) {
        return image.attributes().get("photograph");
    }
}
