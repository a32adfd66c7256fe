package io.numclip.host.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The method that a configuration names: {@code method: coral}, or {@code method: {name: coral, title: …}} in the
 * configuration of a run.
 *
 * @param where position of the name
 */
public record MethodChoice(String name, Position where) {

    private static final String NAME = "name";
    private static final String KEY = MethodFile.SECTION + "." + NAME;

    /** The method that a file names; the default if it names none. */
    static MethodChoice of(ConfigNode.Mapping user) {
        return written(user).get(MethodFile.SECTION) instanceof ConfigNode.Mapping section
                        && section.get(NAME) instanceof ConfigNode.Scalar name
                ? new MethodChoice(name.text(), name.position())
                : new MethodChoice(Method.DEFAULT, user.position());
    }

    /** The method that the last of these options names. */
    static Optional<MethodChoice> of(List<Setting> settings) {
        return settings.stream()
                .filter(setting -> written(setting).key().equals(KEY))
                .reduce((earlier, later) -> later)
                .map(setting -> new MethodChoice(setting.value(), Position.option("--method")));
    }

    /**
     * Reports a problem if the file has settings of this method that the other does not replace: the result would carry
     * the other's name and be neither.
     */
    void refuseRemains(ConfigNode.Mapping user, MethodChoice other, Methods methods, ConfigProblems problems) {
        Optional<MethodFile> mine = methods.find(name);
        Optional<MethodFile> theirs = methods.find(other.name);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return;
        }
        Set<String> replaced = theirs.get().settings().keySet();
        List<String> remains = mine.get().settings().keySet().stream()
                .filter(key -> !replaced.contains(key) && isSet(user, List.of(key.split("\\."))))
                .toList();
        if (!remains.isEmpty()) {
            problems.add(
                    where,
                    MethodFile.SECTION,
                    "the file is written for " + name + " and sets " + String.join(", ", remains) + ", which "
                            + other.name + " does not replace",
                    "Remove these settings, or name a recipe or a file that is not written for a method.");
        }
    }

    private static boolean isSet(ConfigNode.Mapping node, List<String> path) {
        ConfigNode child = node.get(path.get(0));
        return path.size() == 1
                ? child != null
                : child instanceof ConfigNode.Mapping mapping && isSet(mapping, path.subList(1, path.size()));
    }

    /** The method's file; if there is no such method, reports a problem and returns the default's. */
    MethodFile file(Methods methods, ConfigProblems problems) {
        return methods.find(name).orElseGet(() -> {
            String near = RecordBinder.didYouMean(name, methods.names());
            String known = "Known methods: " + String.join(", ", methods.names()) + ".";
            problems.add(where, MethodFile.SECTION, "there is no method \"" + name + "\"." + near, known);
            return methods.find(Method.DEFAULT).orElseThrow();
        });
    }

    /** Expands the short form. */
    static ConfigNode.Mapping written(ConfigNode.Mapping user) {
        ConfigNode.Entry entry = user.entries().get(MethodFile.SECTION);
        if (entry == null || !(entry.value() instanceof ConfigNode.Scalar name)) {
            return user;
        }
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(user.entries());
        entries.put(MethodFile.SECTION, new ConfigNode.Entry(entry.position(), inFull(name)));
        return new ConfigNode.Mapping(user.position(), entries);
    }

    public static ConfigNode.Mapping inFull(ConfigNode.Scalar name) {
        return new ConfigNode.Mapping(name.position(), Map.of(NAME, new ConfigNode.Entry(name.position(), name)));
    }

    /** Expands the short form. */
    static Setting written(Setting setting) {
        return setting.key().equals(MethodFile.SECTION) ? new Setting(setting.option(), KEY, setting.value()) : setting;
    }
}
