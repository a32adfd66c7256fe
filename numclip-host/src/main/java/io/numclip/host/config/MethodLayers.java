package io.numclip.host.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the command line or a comparison changes in a task. The layers, lowest first: the task's recipe and file, the
 * common settings, the method, the changes of its variant, the single settings.
 *
 * @param common what a comparison sets for all cells
 * @param variant the method of a comparison; null: the settings may name one
 * @param settings {@code --set} options, or seed, shots and fold of a cell
 */
public record MethodLayers(
        ConfigNode.Mapping common, @Nullable MethodVariant variant, List<Setting> settings) {

    static MethodLayers of(List<Setting> settings) {
        return new MethodLayers(new ConfigNode.Mapping(Position.option("--set"), Map.of()), null, settings);
    }

    /** The method that overrides the file's; empty if the file's own method applies. */
    Optional<MethodChoice> choice() {
        return variant == null
                ? MethodChoice.of(settings)
                : Optional.of(
                        new MethodChoice(variant.base(), variant.settings().position()));
    }

    List<ConfigNode.Mapping> changes() {
        return variant == null || variant.isPlain() ? List.of() : List.of(titled(variant), nested(variant.settings()));
    }

    /** The variant's name is its title in tables. */
    private static ConfigNode.Mapping titled(MethodVariant variant) {
        Position position = variant.settings().position();
        ConfigNode title = new ConfigNode.Scalar(position, variant.name(), false);
        ConfigNode section = new ConfigNode.Mapping(position, Map.of("title", new ConfigNode.Entry(position, title)));
        return new ConfigNode.Mapping(position, Map.of(MethodFile.SECTION, new ConfigNode.Entry(position, section)));
    }

    /** Expands dotted keys: {@code training.epochs} becomes a key within the section {@code training}. */
    public static ConfigNode.Mapping nested(ConfigNode.Mapping settings) {
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
