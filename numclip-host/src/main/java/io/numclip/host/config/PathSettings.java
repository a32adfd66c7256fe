package io.numclip.host.config;

import io.numclip.clip.directory.ModelSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the paths in a configuration absolute, so that it means the same wherever it is read: a path in a file is
 * relative to that file, a path in {@code --set} to the working directory.
 */
final class PathSettings {

    private static final List<List<String>> KEYS = List.of(
            List.of("task", "data", "root"),
            List.of("task", "data", "file"),
            List.of("protocol", "manifest"),
            List.of("backbone", "model"),
            List.of("training", "lora", "from"),
            List.of("regions", "model"));

    private PathSettings() {}

    /** @param file the user's file, as positions name it */
    static ConfigNode.Mapping resolve(ConfigNode.Mapping tree, String file) {
        ConfigNode.Mapping resolved = tree;
        for (List<String> key : KEYS) {
            resolved = at(resolved, key, file);
        }
        return resolved;
    }

    private static ConfigNode.Mapping at(ConfigNode.Mapping node, List<String> key, String file) {
        ConfigNode.Entry entry = node.entries().get(key.get(0));
        if (entry == null) {
            return node;
        }
        ConfigNode value = entry.value();
        if (key.size() == 1 && value instanceof ConfigNode.Scalar scalar) {
            value = absolute(scalar, file);
        } else if (key.size() > 1 && value instanceof ConfigNode.Mapping child) {
            value = at(child, key.subList(1, key.size()), file);
        }
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(node.entries());
        entries.put(key.get(0), new ConfigNode.Entry(entry.position(), value));
        return new ConfigNode.Mapping(node.position(), entries);
    }

    /** Paths in a recipe stay as they are, as does text that is not a path: it is refused when the setting is read. */
    private static ConfigNode.Scalar absolute(ConfigNode.Scalar scalar, String file) {
        boolean inFile = scalar.position().source().equals(file);
        boolean inOption = scalar.position().line() == 0;
        if (scalar.isNull() || scalar.text().isBlank() || ModelSource.isShipped(scalar.text())) {
            return scalar;
        }
        if (!inFile && !inOption) {
            return scalar;
        }
        try {
            Path folder = inFile
                    ? Path.of(file).toAbsolutePath().resolveSibling("")
                    : Path.of("").toAbsolutePath();
            String text = folder.resolve(scalar.text()).normalize().toString();
            return new ConfigNode.Scalar(scalar.position(), text, false);
        } catch (InvalidPathException noPath) {
            return scalar;
        }
    }
}
