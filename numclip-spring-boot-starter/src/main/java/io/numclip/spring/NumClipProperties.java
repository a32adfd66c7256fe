package io.numclip.spring;

import io.numclip.clip.Precision;
import io.numclip.host.NumClip;
import io.numclip.uncertainty.IntervalForm;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application says of its models.
 *
 * @param models by the names of their beans
 * @param plugins the folder with the jars that models need; null: as the program's, {@code plugins} in the working directory
 * @param workers how many processors predictions may use together; null: all
 */
@ConfigurationProperties("numclip")
public record NumClipProperties(
        @DefaultValue Map<String, Model> models,
        @Nullable String plugins,
        @Nullable Integer workers) {

    public NumClipProperties {
        models = Collections.unmodifiableMap(new TreeMap<>(models));
        if (workers != null && workers < 1) {
            throw new IllegalArgumentException("numclip.workers: expected 1 or more, found " + workers);
        }
    }

    /**
     * One model. What is null is as {@link NumClip.Options#defaults} has it.
     *
     * @param path a folder that {@code numclip train} has written
     * @param backbone the CLIP, where it was moved since the training
     */
    public record Model(
            String path,
            @Nullable String device,
            @Nullable Precision precision,
            @Nullable String backbone,
            @Nullable IntervalForm interval,
            @Nullable Double abstainAbove,
            @DefaultValue Map<String, String> attributes,
            boolean explained) {

        @SuppressWarnings("NullAway") // Spring passes null where nothing was set
        public Model {
            if (path == null || path.isBlank()) {
                throw new IllegalArgumentException("path: expected the folder of a run, found nothing");
            }
        }

        Path run() {
            return Path.of(path);
        }

        NumClip.Options options() {
            NumClip.Options usual = NumClip.Options.defaults();
            return new NumClip.Options(
                    Objects.requireNonNullElse(device, usual.device()),
                    Objects.requireNonNullElse(precision, usual.precision()),
                    backbone,
                    interval,
                    abstainAbove,
                    attributes,
                    explained);
        }
    }
}
