package ${package};

import io.numclip.data.LabelScale;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.OrdinalTask;
import org.pf4j.Extension;

/** How big is the disc in the picture? Labels are percent of the picture's width, 0 to 100. */
@Extension
public final class ${className}Task implements OrdinalTask.Factory<${className}Task.Config> {

    private static final LabelScale SCALE = new LabelScale(0, 100, "percent");

    /** @param data drawn samples, or a user's own list or folder of images */
    public record Config(TaskData data) {}

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
        return new TaskImages(config.data(), SCALE, new ${className}Samples());
    }
}
