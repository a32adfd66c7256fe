package io.numclip.tasks.age;

import io.numclip.data.LabelScale;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.OrdinalTask;
import org.pf4j.Extension;

/** How old is the person in the picture? Labels are years, 0 to 100. */
@Extension
public final class AgeTask implements OrdinalTask.Factory<AgeTask.Config> {

    private static final LabelScale SCALE = new LabelScale(0, 100, "years");

    /** @param data samples are drawn portraits, see {@link AgeSamples} */
    public record Config(TaskData data) {}

    @Override
    public String type() {
        return "age";
    }

    @Override
    public Config defaults() {
        return new Config(TaskData.samples(2000, 400, 400));
    }

    @Override
    public OrdinalTask create(Config config) {
        return new TaskImages(
                config.data(),
                SCALE,
                new AgeSamples(),
                new MorphLayout(),
                new AdienceLayout(),
                FileNameLayout.utkFace(),
                FileNameLayout.fgNet(),
                new ClapLayout(),
                FileNameLayout.ageDb());
    }
}
