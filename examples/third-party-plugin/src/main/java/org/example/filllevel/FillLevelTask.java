package org.example.filllevel;

import io.numclip.data.LabelScale;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.OrdinalTask;
import org.pf4j.Extension;

/** How full is the glass? Labels are percent of its height, 0 to 100. */
@Extension
public final class FillLevelTask implements OrdinalTask.Factory<FillLevelTask.Config> {

    private static final LabelScale SCALE = new LabelScale(0, 100, "percent");

    /** @param data samples are drawn glasses, see {@link FillLevelSamples} */
    public record Config(TaskData data) {}

    @Override
    public String type() {
        return "fill-level";
    }

    @Override
    public Config defaults() {
        return new Config(TaskData.samples(800, 100, 100));
    }

    @Override
    public OrdinalTask create(Config config) {
        return new TaskImages(config.data(), SCALE, new FillLevelSamples());
    }
}
