package io.numclip.tasks.age;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.Bins;
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

    /** On a wanted change of the drawing: a new version in {@link AgeSamples}, then the new checksum here. */
    @Test
    void picturesAreTheSameOnEveryMachine() throws IOException {
        assertThat(SampleChecksum.of(new AgeSamples(), 100)).isEqualTo(0x57DFA2EBL);
    }
}
