package io.numclip.host.compare;

import io.numclip.host.config.ConfigNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A file without the keys that have problems; a list loses only the items that have some, unless none is left. */
final class SoundPart {

    private SoundPart() {}

    /** @param problems paths of settings, such as {@code seeds} or {@code methods.2.name} */
    static ConfigNode.Mapping of(ConfigNode.Mapping file, Set<String> problems) {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
        file.entries()
                .forEach((key, entry) -> sound(key, entry.value(), problems)
                        .ifPresent(value -> entries.put(key, new ConfigNode.Entry(entry.position(), value))));
        return new ConfigNode.Mapping(file.position(), entries);
    }

    private static Optional<ConfigNode> sound(String key, ConfigNode value, Set<String> problems) {
        if (!isWithin(key, problems)) {
            return Optional.of(value);
        }
        if (problems.contains(key) || !(value instanceof ConfigNode.Sequence list)) {
            return Optional.empty();
        }
        List<ConfigNode> items = IntStream.range(0, list.items().size())
                .filter(item -> !isWithin(key + "." + item, problems))
                .mapToObj(list.items()::get)
                .toList();
        return items.isEmpty() ? Optional.empty() : Optional.of(new ConfigNode.Sequence(list.position(), items));
    }

    private static boolean isWithin(String path, Set<String> problems) {
        return problems.stream().anyMatch(problem -> (problem + ".").startsWith(path + "."));
    }
}
