package io.numclip.tasks.age;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bins;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.SampleChecksum;
import io.numclip.testing.SampleTaskContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class AgeTaskTest extends SampleTaskContract<AgeTask.Config> {

    @Override
    protected OrdinalTask.Factory<AgeTask.Config> factory() {
        return new AgeTask();
    }

    @Override
    protected AgeTask.Config configFor(TaskData data) {
        return new AgeTask.Config(data);
    }

    @Override
    protected Bins concepts() {
        return AgeSamples.CONCEPTS;
    }

    @Test
    void testImagesSayWhetherTheyShowSomethingUnseen() {
        AgeSamples samples = new AgeSamples();
        assertThat(samples.draw(Split.TEST, 3, 1).attributes()).containsEntry("unseen", "yes");
        assertThat(samples.draw(Split.TEST, 4, 1).attributes()).containsEntry("unseen", "no");
        assertThat(samples.draw(Split.TRAIN, 3, 1).attributes()).containsEntry("unseen", "no");
    }

    /** On a wanted change of the drawing: a new version in {@link AgeSamples}, then the new checksum here. */
    @Test
    void picturesAreTheSameOnEveryMachine() throws IOException {
        assertThat(SampleChecksum.of(new AgeSamples(), 100)).isEqualTo(0x76AB81B5L);
    }
}
