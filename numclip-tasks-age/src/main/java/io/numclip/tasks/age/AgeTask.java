package io.numclip.tasks.age;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.data.TaskData;
import io.numclip.data.TaskImages;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.List;
import org.pf4j.Extension;

/** How old is the person in the picture? Labels are years, 0 to 100. */
public final class AgeTask implements OrdinalTask {

    private static final LabelScale SCALE = new LabelScale(0, 100, "years");

    private final TaskImages images;

    /** @param data samples are drawn portraits, see {@link AgeSamples} */
    public record Config(TaskData data) {}

    private AgeTask(Config config) {
        images = new TaskImages(
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

    /** Makes the task under the name {@code age}. */
    @Extension
    public static final class Factory implements OrdinalTask.Factory<Config> {

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
            return new AgeTask(config);
        }
    }
}
