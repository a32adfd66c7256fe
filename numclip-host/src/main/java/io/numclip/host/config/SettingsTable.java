package io.numclip.host.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a component for display: dotted key, and the default value or {@code required}. */
public final class SettingsTable {

    private SettingsTable() {}

    public static Map<String, String> of(Record defaults) {
        Map<String, String> rows = new LinkedHashMap<>();
        collect(defaults, "", rows);
        return rows;
    }

    private static void collect(Record defaults, String path, Map<String, String> rows) {
        for (RecordComponent part : defaults.getClass().getRecordComponents()) {
            String key = RecordBinder.join(path, part.getName());
            Object value = Records.valueOf(part, defaults);
            if (value instanceof Record record) {
                collect(record, key, rows);
            } else {
                rows.put(key, value == null ? "required" : describe(part.getType(), value));
            }
        }
    }

    private static String describe(Class<?> type, Object value) {
        if (value instanceof Enum<?> constant) {
            return ScalarTypes.kebab(constant) + "  (" + ScalarTypes.describe(type) + ")";
        }
        return value instanceof String text ? '"' + text + '"' : YamlWriter.flow(Records.plain(value));
    }
}
