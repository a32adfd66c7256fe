package ${package};

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.Split;
import io.numclip.data.TaskData;
import io.numclip.data.TaskImages;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.List;
import org.pf4j.Extension;

/** How big is the disc in the picture? Labels are percent of the picture's width, 0 to 100. */
public final class ${className}Task implements OrdinalTask {

    private static final LabelScale SCALE = new LabelScale(0, 100, "percent");

    private final TaskImages images;

    /** @param data drawn samples, or a user's own list or folder of images */
    public record Config(TaskData data) {}

    private ${className}Task(Config config) {
        images = new TaskImages(config.data(), SCALE, new ${className}Samples());
    }

    @Override
    public LabelScale scale() {
        return SCALE;
    }

    @Override
    public List<LabeledImage> images(Split split) throws IOException {
        return images.images(split);
    }

    /** Makes the task under the name that users write: {@code type: ${artifactId}}. */
    @Extension
    public static final class Factory implements OrdinalTask.Factory<Config> {

        @Override
        public String type() {
            return "${artifactId}";
        }

        @Override
        public Config defaults() {
            return new Config(TaskData.samples(600, 100, 100));
        }

        @Override
        public OrdinalTask create(Config config) {
            return new ${className}Task(config);
        }
    }
}
