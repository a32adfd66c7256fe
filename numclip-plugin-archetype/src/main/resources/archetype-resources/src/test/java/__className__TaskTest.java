package ${package};

import io.numclip.data.Bins;
import io.numclip.dataset.TaskData;
import io.numclip.spi.OrdinalTask;
import io.numclip.testing.SampleTaskContract;

/** All checks come from the kit; add your own below. */
class ${className}TaskTest extends SampleTaskContract<${className}Task.Config> {

    @Override
    protected OrdinalTask.Factory<${className}Task.Config> factory() {
        return new ${className}Task();
    }

    @Override
    protected ${className}Task.Config configFor(TaskData data) {
        return new ${className}Task.Config(data);
    }

    @Override
    protected Bins concepts() {
        return ${className}Samples.CONCEPTS;
    }

    @Override
    protected boolean hasCaptions() {
        return false; // captions are only needed to pretrain a CLIP on these samples
    }
}
