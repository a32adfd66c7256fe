package io.numclip.tasks.aesthetics;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bins;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.SampleTaskContract;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class AestheticsTaskTest extends SampleTaskContract<AestheticsTask.Config> {

    @Override
    protected OrdinalTask.Factory<AestheticsTask.Config> factory() {
        return new AestheticsTask();
    }

    @Override
    protected AestheticsTask.Config configFor(TaskData data) {
        return new AestheticsTask.Config(data);
    }

    @Override
    protected Bins concepts() {
        return AestheticsSamples.CONCEPTS;
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
            assertThat(photographs).hasSizeGreaterThan(3).allMatch(seen::add);
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

    /** Published figures and the embedded CLIP are about these pixels. */
    @Test
    void pixelsAreTheSameOnEveryMachine() throws IOException {
        CRC32 checksum = new CRC32();
        for (int i = 0; i < 20; i++) {
            BufferedImage image =
                    new AestheticsSamples().draw(Split.TEST, i, 1).source().read();
            for (int pixel : image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth())) {
                checksum.update(pixel >> 16);
                checksum.update(pixel >> 8);
                checksum.update(pixel);
            }
        }
        assertThat(Long.toHexString(checksum.getValue())).isEqualTo("9e4d2582");
    }

    @Test
    void testImagesSpreadOverManyPhotographsThatPretrainingHasNotSeen() {
        AestheticsSamples samples = new AestheticsSamples();
        List<LabeledImage> images = IntStream.range(0, 400)
                .mapToObj(i -> samples.draw(Split.TEST, i, 1))
                .toList();
        Map<String, Long> sizes = images.stream().collect(groupingBy(AestheticsTaskTest::photograph, counting()));
        assertThat(sizes).hasSizeGreaterThanOrEqualTo(60);
        assertThat(sizes.values()).allMatch(size -> size <= 7);
        assertThat(images).allMatch(image -> image.attributes().get("unseen").equals("yes"));
        assertThat(samples.draw(Split.TRAIN, 0, 1).attributes()).containsEntry("unseen", "no");
    }

    private static String photograph(LabeledImage image) {
        return image.attributes().get("photograph");
    }
}
