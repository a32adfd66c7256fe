package io.numclip.tasks.counting;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.data.TaskData;
import io.numclip.data.TaskImages;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.List;
import org.pf4j.Extension;

/** How many things are in the picture? Labels are counts, 0 to 20. */
public final class CountingTask implements OrdinalTask {

    private static final LabelScale SCALE = new LabelScale(0, 20, "things");

    private final TaskImages images;

    /** @param data samples are drawn scenes, see {@link CountingSamples} */
    public record Config(TaskData data) {}

    private CountingTask(Config config) {
        images = new TaskImages(
                config.data(),
                SCALE,
                new CountingSamples(),
                new Fsc147Layout(),
                CountListLayout.countBench(),
                CountListLayout.counts());
    }

    @Override
    public LabelScale scale() {
        return images.scale();
    }

    @Override
    public List<LabeledImage> images(Split split) throws IOException {
        return images.images(split);
    }

    @Override
    public List<String> folds() throws IOException {
        return images.folds();
    }

    @Override
    public List<LabeledImage> images(Split split, String fold) throws IOException {
        return images.images(split, fold);
    }

    /** Makes the task under the name {@code counting}. */
    @Extension
    public static final class Factory implements OrdinalTask.Factory<Config> {

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
            return new CountingTask(config);
        }
    }
}
