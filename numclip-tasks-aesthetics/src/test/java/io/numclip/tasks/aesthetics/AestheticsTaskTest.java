package io.numclip.tasks.aesthetics;

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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AestheticsTaskTest extends OrdinalTaskContract<AestheticsTask.Config> {

    @Override
    protected OrdinalTask.Factory<AestheticsTask.Config> factory() {
        return new AestheticsTask.Factory();
    }

    @Override
    protected Bins concepts() {
        return new Bins(List.of(
                new Bin("bad", 1, 1.5, 1),
                new Bin("poor", 1.5, 2.5, 2),
                new Bin("fair", 2.5, 3.5, 3),
                new Bin("good", 3.5, 4.5, 4),
                new Bin("excellent", 4.5, 5, 5)));
    }

    @Test
    void splitsShareNoPhotograph() {
        AestheticsSamples samples = new AestheticsSamples();
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
    void everyGradeIsDrawn() {
        AestheticsSamples samples = new AestheticsSamples();
        assertThat(IntStream.range(0, 200)
                        .mapToObj(i -> samples.draw(Split.TRAIN, i, 1).label())
                        .distinct())
                .hasSize(41);
    }

    private static String photograph(LabeledImage image) {
        return image.attributes().get("photograph");
    }
}
