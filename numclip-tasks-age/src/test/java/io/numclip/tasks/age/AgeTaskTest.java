package io.numclip.tasks.age;

import io.numclip.data.Bins;
import io.numclip.data.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.OrdinalTaskContract;

class AgeTaskTest extends OrdinalTaskContract<AgeTask.Config> {

    @Override
    protected OrdinalTask.Factory<AgeTask.Config> factory() {
        return new AgeTask.Factory();
    }

    @Override
    protected AgeTask.Config configFor(TaskData data) {
        return new AgeTask.Config(data);
    }

    @Override
    protected Bins concepts() {
        return AgeSamples.CONCEPTS;
    }
}
