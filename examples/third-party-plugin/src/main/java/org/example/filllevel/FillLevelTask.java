package org.example.filllevel;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.data.TaskData;
import io.numclip.data.TaskImages;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.List;
import org.pf4j.Extension;

/** How full is the glass? Labels are percent of its height, 0 to 100. */
public final class FillLevelTask implements OrdinalTask {

    private static final LabelScale SCALE = new LabelScale(0, 100, "percent");

    private final TaskImages images;

    /** @param data samples are drawn glasses, see {@link FillLevelSamples} */
    public record Config(TaskData data) {}

    private FillLevelTask(Config config) {
        images = new TaskImages(config.data(), SCALE, new FillLevelSamples());
    }

    @Override
    public LabelScale scale() {
        return SCALE;
    }

    @Override
    public List<LabeledImage> images(Split split) throws IOException {
        return images.images(split);
    }

    /** {@code type: fill-level}. */
    @Extension
    public static final class Factory implements OrdinalTask.Factory<Config> {

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
            return new FillLevelTask(config);
        }
    }
}
