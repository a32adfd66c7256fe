package io.numclip.host.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Configurations, setting by setting. */
public final class SettingDifferences {

    private static final String ABSENT = "-";

    /** A setting by its dotted name, and what each configuration has for it; {@code -} where it has none. */
    public record Difference(String name, List<String> values) {}

    private SettingDifferences() {}

    /**
     * @param configs whole configurations in YAML
     * @return the settings that are not the same in all, in the order of the first configuration
     */
    public static List<Difference> of(List<String> configs) {
        List<Map<String, String>> settings = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (String config : configs) {
            Map<String, String> flat = flat(config);
            settings.add(flat);
            names.addAll(flat.keySet());
        }
        return names.stream()
                .map(name -> new Difference(
                        name,
                        settings.stream()
                                .map(flat -> flat.getOrDefault(name, ABSENT))
                                .toList()))
                .filter(setting -> setting.values().stream().distinct().count() > 1)
                .toList();
    }

    /** All settings of a whole configuration in YAML, by their dotted names. */
    public static Map<String, String> flat(String config) {
        Map<String, String> flat = new LinkedHashMap<>();
        add("", YamlReader.parse("configuration", config), flat);
        return flat;
    }

    /** Lists of mappings by index; other lists as one setting. */
    private static void add(String name, ConfigNode node, Map<String, String> flat) {
        if (node instanceof ConfigNode.Mapping mapping) {
            String before = name.isEmpty() ? "" : name + ".";
            mapping.entries().forEach((key, entry) -> add(before + key, entry.value(), flat));
        } else if (node instanceof ConfigNode.Sequence list && holdsMappings(list)) {
            for (int i = 0; i < list.items().size(); i++) {
                add(name + "." + i, list.items().get(i), flat);
            }
        } else if (node instanceof ConfigNode.Sequence list) {
            flat.put(
                    name,
                    list.items().stream().map(ConfigNode::describe).toList().toString());
        } else {
            flat.put(name, node.describe());
        }
    }

    private static boolean holdsMappings(ConfigNode.Sequence list) {
        return !list.items().isEmpty() && list.items().get(0) instanceof ConfigNode.Mapping;
    }
}
