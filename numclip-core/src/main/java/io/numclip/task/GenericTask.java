package io.numclip.task;

import io.numclip.data.LabelScale;
import io.numclip.data.LabeledImage;
import io.numclip.data.NumClipException;
import io.numclip.data.Split;
import io.numclip.data.TaskData;
import io.numclip.data.TaskImages;
import io.numclip.spi.OrdinalTask;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** A user's own task: a scale in numbers, a unit in words, and images from a list or from folders. */
public final class GenericTask implements OrdinalTask {

    private final LabelScale scale;
    private final TaskImages images;

    private GenericTask(LabelScale scale, TaskData data) {
        this.scale = scale;
        images = new TaskImages(data, scale, null);
    }

    @Override
    public LabelScale scale() {
        return scale;
    }

    @Override
    public List<LabeledImage> images(Split split) throws IOException {
        return images.images(split);
    }

    /**
     * @param minimum lowest label; the user must give it
     * @param maximum highest label; the user must give it
     * @param unit plural noun for reports, such as {@code years}; the user must give it
     * @param data a list or a folder of images; there are no samples
     */
    public record Config(
            @Nullable Double minimum,
            @Nullable Double maximum,
            @Nullable String unit,
            TaskData data) {
        public Config {
            Objects.requireNonNull(data, "data");
            if (unit != null && unit.isBlank()) {
                throw new IllegalArgumentException("unit must be a word for what is counted or measured; found none");
            }
            if (minimum != null && maximum != null && !(minimum < maximum)) {
                throw new IllegalArgumentException(
                        "maximum must be above the minimum of " + minimum + "; found " + maximum);
            }
        }

        private LabelScale scale() {
            return new LabelScale(require("minimum", minimum), require("maximum", maximum), require("unit", unit));
        }

        private static <T> T require(String name, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException(name + " is required");
            }
            return value;
        }
    }

    /** {@code type: generic}. */
    @Extension
    public static final class Factory implements OrdinalTask.Factory<Config> {

        @Override
        public String type() {
            return "generic";
        }

        @Override
        public Config defaults() {
            return new Config(null, null, null, TaskData.of("csv", ""));
        }

        @Override
        public OrdinalTask create(Config config) {
            if (config.data().format().equals(TaskData.SAMPLE)) {
                throw new NumClipException(
                        NumClipException.Kind.CONFIGURATION,
                        "task.data.format: a generic task draws no sample images",
                        "give images of your own: format csv with a file, or format folder with a root");
            }
            return new GenericTask(config.scale(), config.data());
        }
    }
}
