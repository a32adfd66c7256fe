package io.numclip.tasks.aesthetics;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.testing.EmbeddedClip;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The premise of the paper on the CLIP that ships: it knows this task's words. */
class EmbeddedClipTest {

    @Test
    void theEmbeddedClipKnowsTheConcepts() throws IOException {
        AestheticsSamples samples = new AestheticsSamples();
        List<LabeledImage> images = IntStream.range(0, 200)
                .mapToObj(index -> samples.draw(Split.TEST, index, 1))
                .toList();
        String context = "aesthetics assessment: the quality of the photo is";
        assertThat(EmbeddedClip.conceptAccuracy(images, AestheticsSamples.CONCEPTS, context))
                .isGreaterThan(0.34);
    }
}
