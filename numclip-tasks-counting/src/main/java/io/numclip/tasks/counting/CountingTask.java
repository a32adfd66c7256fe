package io.numclip.tasks.counting;

import io.numclip.data.LabelScale;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.OrdinalTask;
import org.pf4j.Extension;

/** Counts the things in a picture. Labels are counts, 0 to 20. */
@Extension
public final class CountingTask implements OrdinalTask.Factory<CountingTask.Config> {

    private static final LabelScale SCALE = new LabelScale(0, 20, "things");

    /** @param data samples are drawn pictures, see {@link CountingSamples} */
    public record Config(TaskData data) {}

    @Override
    public String type() {
        return "counting";
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
                new CountingSamples(),
                new Fsc147Layout(),
                CountListLayout.countBench(),
                CountListLayout.counts());
    }
}
