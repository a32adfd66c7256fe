package io.numclip.host.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of a method, as in its file.
 *
 * @param tree the whole file; its section {@code method} holds name, title and source
 * @param origin {@code built in} or {@code plugin counting 1.0.0}
 */
public record MethodFile(String name, ConfigNode.Mapping tree, String origin) {

    static final String SECTION = "method";

    public String title() {
        return about("title");
    }

    public String source() {
        return about("source");
    }

    /** Its settings: dotted key and value, in the order of the file; empty for a method that changes nothing. */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        tree.entries().forEach((key, entry) -> {
            if (!key.equals(SECTION)) {
                collect(key, entry.value(), settings);
            }
        });
        return settings;
    }

    private String about(String key) {
        String text = tree.get(SECTION) instanceof ConfigNode.Mapping section ? section.text(key) : null;
        return text == null ? "" : text;
    }

    /** A component stays on one line, because its settings mean nothing without its type. */
    private static void collect(String path, ConfigNode node, Map<String, String> settings) {
        if (node instanceof ConfigNode.Mapping mapping && mapping.get("type") == null) {
            mapping.entries().forEach((key, entry) -> collect(path + "." + key, entry.value(), settings));
        } else {
            settings.put(path, text(node));
        }
    }

    private static String text(ConfigNode node) {
        if (node instanceof ConfigNode.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + text(entry.getValue().value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            return sequence.items().stream().map(MethodFile::text).collect(Collectors.joining(", ", "[", "]"));
        }
        return node.describe();
    }
}
