package io.numclip.tasks.counting;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bins;
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

    /** On a wanted change of the drawing: a new version in {@link CountingSamples}, then the new checksum here. */
    @Test
    void picturesAreTheSameOnEveryMachine() throws IOException {
        assertThat(SampleChecksum.of(new CountingSamples(), 100)).isEqualTo(0xD2A3ED74L);
    }
}
