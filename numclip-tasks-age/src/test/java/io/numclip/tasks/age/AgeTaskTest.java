package io.numclip.tasks.age;

import io.numclip.data.Bins;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.OrdinalTaskContract;

class AgeTaskTest extends OrdinalTaskContract<AgeTask.Config> {

    @Override
    protected OrdinalTask.Factory<AgeTask.Config> factory() {
        return new AgeTask.Factory();
    }

    @Override
    protected Bins concepts() {
        return AgeSamples.CONCEPTS;
    }
}
