package io.numclip.host.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Two configurations, setting by setting. */
public final class SettingDifferences {

    private static final String ABSENT = "-";

    /** A setting by its dotted name, in one configuration and in the other; {@code -} where it has none. */
    public record Difference(String name, String first, String second) {}

    private SettingDifferences() {}

    /** In the order of the first configuration; empty if they are equal. */
    public static List<Difference> of(ExperimentConfig first, ExperimentConfig second) {
        Map<String, String> one = flat(first);
        Map<String, String> other = flat(second);
        Set<String> names = new LinkedHashSet<>(one.keySet());
        names.addAll(other.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            Difference difference =
                    new Difference(name, one.getOrDefault(name, ABSENT), other.getOrDefault(name, ABSENT));
            if (!difference.first().equals(difference.second())) {
                differences.add(difference);
            }
        }
        return differences;
    }

    private static Map<String, String> flat(ExperimentConfig config) {
        Map<String, String> flat = new LinkedHashMap<>();
        config.toTree().forEach((name, value) -> add(name, value, flat));
        return flat;
    }

    /** Lists of mappings by index; other lists as they are written. */
    private static void add(String name, Object value, Map<String, String> flat) {
        if (value instanceof Map<?, ?> section) {
            section.forEach((key, inner) -> add(name + "." + key, inner, flat));
        } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Map) {
            for (int i = 0; i < list.size(); i++) {
                add(name + "." + i, list.get(i), flat);
            }
        } else {
            flat.put(name, YamlWriter.flow(value));
        }
    }
}
