package io.numclip.host.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges layers of settings: mappings are merged key by key, a mapping with indices as keys changes items of a list,
 * everything else is replaced.
 */
public final class Layers {

    private Layers() {}

    /** Another {@code type} in the upper layer drops the lower layer's settings, which belong to another component. */
    public static ConfigNode.Mapping merge(ConfigNode.Mapping lower, ConfigNode.Mapping upper) {
        String type = upper.text("type");
        if (type != null && !type.equals(lower.text("type"))) {
            return upper;
        }
        Map<String, ConfigNode.Entry> merged = new LinkedHashMap<>(lower.entries());
        upper.entries().forEach((key, entry) -> merged.merge(key, entry, Layers::mergeEntries));
        return new ConfigNode.Mapping(upper.position(), merged);
    }

    private static ConfigNode.Entry mergeEntries(ConfigNode.Entry lower, ConfigNode.Entry upper) {
        if (lower.value() instanceof ConfigNode.Mapping below && upper.value() instanceof ConfigNode.Mapping above) {
            return new ConfigNode.Entry(upper.position(), merge(below, above));
        }
        if (lower.value() instanceof ConfigNode.Sequence below
                && upper.value() instanceof ConfigNode.Mapping above
                && isByIndex(above, below.items().size())) {
            return new ConfigNode.Entry(upper.position(), mergeItems(below, above));
        }
        return upper;
    }

    /** A mapping that overrides a list changes single items, as in {@code losses: {1: {weight: 0}}}. */
    private static boolean isByIndex(ConfigNode.Mapping changes, int count) {
        return !changes.entries().isEmpty()
                && changes.entries().keySet().stream()
                        .allMatch(key -> key.matches("\\d{1,6}") && Integer.parseInt(key) < count);
    }

    private static ConfigNode.Sequence mergeItems(ConfigNode.Sequence list, ConfigNode.Mapping changes) {
        List<ConfigNode> items = new ArrayList<>(list.items());
        changes.entries().forEach((key, change) -> {
            int index = Integer.parseInt(key);
            ConfigNode.Entry item = new ConfigNode.Entry(list.position(), items.get(index));
            items.set(index, mergeEntries(item, change).value());
        });
        return new ConfigNode.Sequence(list.position(), items);
    }

    /** Applies one setting; items of lists are named by their index, as in {@code losses.0.weight}. */
    public static ConfigNode.Mapping apply(ConfigNode.Mapping root, Setting setting, ConfigProblems problems) {
        Position position = Position.option(setting.option());
        int before = problems.count();
        ConfigNode value = YamlReader.value(position.source(), setting.value(), problems);
        if (problems.count() > before) {
            return root;
        }
        ConfigNode changed = set(root, setting.path(), atOption(value, position), position, problems);
        return (ConfigNode.Mapping) changed;
    }

    private static ConfigNode set(
            ConfigNode node, List<String> path, ConfigNode value, Position position, ConfigProblems problems) {
        if (path.isEmpty()) {
            return value;
        }
        List<String> rest = path.subList(1, path.size());
        if (node instanceof ConfigNode.Sequence sequence) {
            return setItem(sequence, path.get(0), rest, value, position, problems);
        }
        ConfigNode.Mapping mapping =
                node instanceof ConfigNode.Mapping given ? given : new ConfigNode.Mapping(position, Map.of());
        ConfigNode child = mapping.get(path.get(0));
        ConfigNode start = child == null ? new ConfigNode.Mapping(position, Map.of()) : child;
        ConfigNode changed = set(start, rest, value, position, problems);
        ConfigNode.Entry entry = new ConfigNode.Entry(position, changed);
        return merge(mapping, new ConfigNode.Mapping(mapping.position(), Map.of(path.get(0), entry)));
    }

    private static ConfigNode setItem(
            ConfigNode.Sequence list,
            String index,
            List<String> rest,
            ConfigNode value,
            Position position,
            ConfigProblems problems) {
        int last = list.items().size() - 1;
        if (!index.matches("\\d{1,6}") || Integer.parseInt(index) > last) {
            problems.add(position, "", "there is no item " + index + "; the list has items 0 to " + last);
            return list;
        }
        List<ConfigNode> items = new ArrayList<>(list.items());
        items.set(Integer.parseInt(index), set(items.get(Integer.parseInt(index)), rest, value, position, problems));
        return new ConfigNode.Sequence(list.position(), items);
    }

    private static ConfigNode atOption(ConfigNode node, Position position) {
        if (node instanceof ConfigNode.Scalar scalar) {
            return new ConfigNode.Scalar(position, scalar.text(), scalar.plain());
        }
        if (node instanceof ConfigNode.Sequence sequence) {
            List<ConfigNode> items = sequence.items().stream()
                    .map(item -> atOption(item, position))
                    .toList();
            return new ConfigNode.Sequence(position, items);
        }
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        ((ConfigNode.Mapping) node)
                .entries()
                .forEach((key, entry) ->
                        entries.put(key, new ConfigNode.Entry(position, atOption(entry.value(), position))));
        return new ConfigNode.Mapping(position, entries);
    }
}
