package org.example.filllevel;

import io.numclip.data.Bins;
import io.numclip.dataset.TaskData;
import io.numclip.testing.SampleTaskContract;

class FillLevelTaskTest extends SampleTaskContract<FillLevelTask.Config> {

    @Override
    protected FillLevelTask factory() {
        return new FillLevelTask();
    }

    @Override
    protected FillLevelTask.Config configFor(TaskData data) {
        return new FillLevelTask.Config(data);
    }

    @Override
    protected Bins concepts() {
        return FillLevelSamples.CONCEPTS;
    }

    @Override
    protected boolean hasCaptions() {
        return false;
    }
}
