package io.numclip.runner.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which method a configuration names: {@code method: coral}, or {@code method: {name: coral, title: …}} as a run keeps it.
 *
 * @param where the name stands
 */
record MethodChoice(String name, Position where) {

    private static final String NAME = "name";
    private static final String KEY = MethodFile.SECTION + "." + NAME;

    static MethodChoice of(ConfigNode.Mapping user, List<Setting> settings) {
        MethodChoice choice = new MethodChoice(Method.DEFAULT, user.position());
        if (written(user).get(MethodFile.SECTION) instanceof ConfigNode.Mapping section
                && section.get(NAME) instanceof ConfigNode.Scalar name) {
            choice = new MethodChoice(name.text(), name.position());
        }
        for (Setting setting : settings) {
            if (written(setting).key().equals(KEY)) {
                choice = new MethodChoice(setting.value(), Position.option("--method"));
            }
        }
        return choice;
    }

    /** The default's, and a problem, if there is no such method. */
    MethodFile file(ConfigProblems problems) {
        return Methods.find(name).orElseGet(() -> {
            String near = RecordBinder.didYouMean(name, Methods.names());
            String known = "Known methods: " + String.join(", ", Methods.names()) + ".";
            problems.add(where, MethodFile.SECTION, "there is no method \"" + name + "\"." + near, known);
            return Methods.find(Method.DEFAULT).orElseThrow();
        });
    }

    /** The short form in full. */
    static ConfigNode.Mapping written(ConfigNode.Mapping user) {
        ConfigNode.Entry entry = user.entries().get(MethodFile.SECTION);
        if (entry == null || !(entry.value() instanceof ConfigNode.Scalar name)) {
            return user;
        }
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(user.entries());
        entries.put(MethodFile.SECTION, new ConfigNode.Entry(entry.position(), inFull(name)));
        return new ConfigNode.Mapping(user.position(), entries);
    }

    static ConfigNode.Mapping inFull(ConfigNode.Scalar name) {
        return new ConfigNode.Mapping(name.position(), Map.of(NAME, new ConfigNode.Entry(name.position(), name)));
    }

    /** The short form in full. */
    static Setting written(Setting setting) {
        return setting.key().equals(MethodFile.SECTION) ? new Setting(KEY, setting.value()) : setting;
    }
}
