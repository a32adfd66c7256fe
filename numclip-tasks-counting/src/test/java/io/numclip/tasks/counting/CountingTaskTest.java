package io.numclip.tasks.counting;

import io.numclip.data.Bins;
import io.numclip.data.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.OrdinalTaskContract;

class CountingTaskTest extends OrdinalTaskContract<CountingTask.Config> {

    @Override
    protected OrdinalTask.Factory<CountingTask.Config> factory() {
        return new CountingTask.Factory();
    }

    @Override
    protected CountingTask.Config configFor(TaskData data) {
        return new CountingTask.Config(data);
    }

    @Override
    protected Bins concepts() {
        return CountingSamples.CONCEPTS;
    }
}
