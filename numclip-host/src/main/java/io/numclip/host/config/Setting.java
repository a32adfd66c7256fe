package io.numclip.host.config;

import io.numclip.data.NumClipException;
import java.util.List;

/**
 * A setting on the command line.
 *
 * @param option that set it, as messages name it
 * @param key dotted, such as {@code training.epochs} or {@code losses.0.weight}
 * @param value YAML
 */
public record Setting(String option, String key, String value) {

    /** One {@code --set key=value}. */
    public Setting(String key, String value) {
        this("--set " + key, key, value);
    }

    public static Setting parse(String text) {
        int sign = text.indexOf('=');
        if (sign < 1 || List.of(text.substring(0, sign).split("\\.", -1)).contains("")) {
            throw new NumClipException(
                    NumClipException.Kind.USAGE,
                    "--set " + text + ": expected key=value",
                    "write it as in --set training.epochs=5");
        }
        return new Setting(
                text.substring(0, sign).strip(), text.substring(sign + 1).strip());
    }

    List<String> path() {
        return List.of(key.split("\\."));
    }
}
