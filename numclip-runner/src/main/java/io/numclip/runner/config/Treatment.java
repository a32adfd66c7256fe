package io.numclip.runner.config;

import java.util.List;
import java.util.Map;

/**
 * What a comparison makes of a task. The layers: the task's recipe and file, what is set for all, the method, what the
 * variant changes in it, what this cell sets.
 *
 * @param common what is set for all
 * @param cell seed, shots and fold
 */
public record Treatment(ConfigNode.Mapping common, MethodVariant method, List<Setting> cell) {

    List<ConfigNode.Mapping> changes() {
        return method.isPlain() ? List.of() : List.of(titled(), nested(method.settings()));
    }

    /** The variant's name stands in tables. */
    private ConfigNode.Mapping titled() {
        Position position = method.settings().position();
        ConfigNode title = new ConfigNode.Scalar(position, method.name(), false);
        ConfigNode section = new ConfigNode.Mapping(position, Map.of("title", new ConfigNode.Entry(position, title)));
        return new ConfigNode.Mapping(position, Map.of(MethodFile.SECTION, new ConfigNode.Entry(position, section)));
    }

    /** A dotted key, such as {@code training.epochs}, is a key within a section. */
    static ConfigNode.Mapping nested(ConfigNode.Mapping settings) {
        ConfigNode.Mapping all = new ConfigNode.Mapping(settings.position(), Map.of());
        for (Map.Entry<String, ConfigNode.Entry> setting : settings.entries().entrySet()) {
            String[] keys = setting.getKey().split("\\.", -1);
            ConfigNode.Entry entry = setting.getValue();
            ConfigNode value = entry.value() instanceof ConfigNode.Mapping mapping ? nested(mapping) : entry.value();
            for (int i = keys.length - 1; i >= 0; i--) {
                value = new ConfigNode.Mapping(
                        settings.position(), Map.of(keys[i], new ConfigNode.Entry(entry.position(), value)));
            }
            all = Layers.merge(all, (ConfigNode.Mapping) value);
        }
        return all;
    }
}
