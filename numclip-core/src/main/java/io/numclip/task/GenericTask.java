package io.numclip.task;

import io.numclip.data.LabelScale;
import io.numclip.data.NumClipException;
import io.numclip.dataset.TaskData;
import io.numclip.dataset.TaskImages;
import io.numclip.spi.InvalidSettingException;
import io.numclip.spi.OrdinalTask;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.Extension;

/** A user's own task: a scale in numbers, a unit in words, and images from a list or from folders. */
@Extension
public final class GenericTask implements OrdinalTask.Factory<GenericTask.Config> {

    private static final String TYPE = "generic";
    private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N}._-]{0,59}";

    /**
     * @param name what the task is called in titles, tables, manifests and names of folders
     * @param minimum lowest label; the user must give it
     * @param maximum highest label; the user must give it
     * @param unit plural noun for reports, such as {@code years}; the user must give it
     * @param wholeNumbers whether all labels are whole numbers; then predictions are rounded, too
     * @param data a list or a folder of images; there are no sample images
     */
    public record Config(
            String name,
            @Nullable Double minimum,
            @Nullable Double maximum,
            @Nullable String unit,
            boolean wholeNumbers,
            TaskData data) {
        public Config {
            Objects.requireNonNull(data, "data");
            if (!name.matches(NAME)) {
                throw new InvalidSettingException(
                        "name",
                        "must be up to 60 letters, digits, '.', '-' and '_', a letter or digit first; found " + name);
            }
            if (unit != null && unit.isBlank()) {
                throw new InvalidSettingException("unit", "must be a word for what is counted or measured; found none");
            }
            if (minimum != null && maximum != null && !(minimum < maximum)) {
                throw new InvalidSettingException(
                        "maximum", "must be above the minimum of " + minimum + "; found " + maximum);
            }
            requireWhole(wholeNumbers, minimum, maximum);
            if (minimum != null && maximum != null && LabelScale.isTooNarrow(minimum, maximum)) {
                throw new InvalidSettingException(
                        "maximum",
                        "must be at least " + LabelScale.NARROWEST + " above the minimum of " + minimum + "; found "
                                + maximum + " (take a smaller unit)");
            }
        }

        private static void requireWhole(boolean wholeNumbers, @Nullable Double... ends) {
            for (Double end : ends) {
                if (wholeNumbers && end != null && !LabelScale.isWhole(end)) {
                    throw new InvalidSettingException(
                            "wholeNumbers", "needs a minimum and a maximum that are whole numbers; found " + end);
                }
            }
        }

        private LabelScale scale() {
            return new LabelScale(
                    require("minimum", minimum), require("maximum", maximum), require("unit", unit), wholeNumbers);
        }

        private static <T> T require(String name, @Nullable T value) {
            if (value == null) {
                throw new IllegalArgumentException(name + " is required");
            }
            return value;
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public String name(Config config) {
        return config.name();
    }

    @Override
    public Config defaults() {
        return new Config(TYPE, null, null, null, false, TaskData.of("csv", ""));
    }

    @Override
    public OrdinalTask create(Config config) {
        if (config.data().format().equals(TaskData.SAMPLE)) {
            throw new NumClipException(
                    NumClipException.Kind.CONFIGURATION,
                    "task.data.format: a generic task has no sample images",
                    "use your own images: format csv with a file, or format folder with a root");
        }
        return new TaskImages(config.data(), config.scale(), null);
    }
}
