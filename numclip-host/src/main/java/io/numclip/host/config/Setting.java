package io.numclip.host.config;

import io.numclip.data.NumClipException;
import java.util.List;

/**
 * One {@code --set key=value}.
 *
 * @param key dotted, such as {@code training.epochs} or {@code losses.0.weight}
 * @param value YAML
 */
public record Setting(String key, String value) {

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
