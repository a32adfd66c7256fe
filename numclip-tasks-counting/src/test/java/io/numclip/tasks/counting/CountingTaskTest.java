package io.numclip.tasks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bins;
import io.numclip.data.Split;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.SampleChecksum;
import io.numclip.testing.SampleTaskContract;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CountingTaskTest extends SampleTaskContract<CountingTask.Config> {

    @Override
    protected OrdinalTask.Factory<CountingTask.Config> factory() {
        return new CountingTask();
    }

    @Override
    protected CountingTask.Config configFor(TaskData data) {
        return new CountingTask.Config(data);
    }

    @Override
    protected Bins concepts() {
        return CountingSamples.CONCEPTS;
    }

    @Test
    void testImagesSayWhetherTheyShowSomethingUnseen() {
        CountingSamples samples = new CountingSamples();
        assertThat(samples.draw(Split.TEST, 3, 1).attributes()).containsEntry("unseen", "yes");
        assertThat(samples.draw(Split.TEST, 4, 1).attributes()).containsEntry("unseen", "no");
        assertThat(samples.draw(Split.TRAIN, 3, 1).attributes()).containsEntry("unseen", "no");
    }

    /** On a wanted change of the drawing: a new version in {@link CountingSamples}, then the new checksum here. */
    @Test
    void picturesAreTheSameOnEveryMachine() throws IOException {
        assertThat(SampleChecksum.of(new CountingSamples(), 100)).isEqualTo(0x2A551B6FL);
    }
}
