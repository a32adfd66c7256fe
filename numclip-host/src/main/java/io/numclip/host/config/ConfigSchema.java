package io.numclip.host.config;

import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema (draft 7) of configurations, for editors: made from the records that {@link RecordBinder} fills, with the
 * components and methods of a catalog. It knows keys, types, words and defaults; ranges are checked when a configuration
 * is read. A file may leave out what recipe and defaults have, so it requires little.
 */
public final class ConfigSchema {

    private static final String TYPE = "type";
    private static final String PROPERTIES = "properties";

    private final PluginCatalog catalog;
    private final List<String> methods;
    private final SettingTexts texts = SettingTexts.load();

    public ConfigSchema(PluginCatalog catalog) {
        this.catalog = catalog;
        this.methods = new Methods(catalog).names();
    }

    /** The schema of a file for {@code train}. */
    public Map<String, Object> experiment() {
        Map<String, Object> properties = properties(ExperimentConfig.class, null);
        properties.put("method", method(properties.get("method")));
        Map<String, Object> schema = object(properties);
        schema.put("required", List.of("task"));
        return schema;
    }

    /** The components of every kind, to be put under {@code definitions}. */
    public Map<String, Object> definitions() {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (ComponentKind kind : ComponentKind.values()) {
            definitions.put(kind.key(), kind(kind));
        }
        return definitions;
    }

    /** The schema of settings by their dotted names, as {@code settings} of a comparison has them. */
    public static Map<String, Object> anySettings() {
        return map(TYPE, "object");
    }

    /** The name of a method. */
    public Map<String, Object> methodName() {
        return map("enum", methods);
    }

    /** The short form is a name. */
    private Map<String, Object> method(@Nullable Object inFull) {
        Map<String, Object> either = new LinkedHashMap<>();
        either.put("description", "How numbers are predicted.");
        either.put("anyOf", List.of(methodName(), inFull == null ? anySettings() : inFull));
        return either;
    }

    /** @param defaults null: those of the record */
    private Map<String, Object> properties(Class<?> type, @Nullable Record defaults) {
        Map<String, Object> properties = new LinkedHashMap<>();
        Record known = defaults == null ? Records.defaults(type) : defaults;
        for (RecordComponent part : type.getRecordComponents()) {
            Object value = known == null ? null : Records.valueOf(part, known);
            Map<String, Object> schema = described(part, schema(part.getGenericType(), value));
            properties.put(part.getName(), schema);
        }
        return properties;
    }

    private Map<String, Object> described(RecordComponent part, Map<String, Object> schema) {
        Map<String, Object> described = new LinkedHashMap<>();
        texts.of(part).ifPresent(text -> described.put("description", text));
        if (part.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            described.put("anyOf", List.of(schema, map(TYPE, "null")));
        } else if (schema.containsKey("$ref")) {
            described.put("allOf", List.of(schema)); // draft 7 ignores what stands beside a reference
        } else {
            described.putAll(schema);
        }
        return described;
    }

    /**
     * Of one setting.
     *
     * @param value its default; null if it has none
     */
    public Map<String, Object> schema(Type type, @Nullable Object value) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic, value);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == ConfiguredLoss.class) {
            return reference(ComponentKind.LOSS);
        }
        if (raw == ConfigNode.Mapping.class) {
            return anySettings();
        }
        if (raw.isRecord()) {
            return object(properties(raw, value instanceof Record record ? record : null));
        }
        return scalar(raw, value);
    }

    private static Map<String, Object> scalar(Class<?> type, @Nullable Object value) {
        Map<String, Object> schema = new LinkedHashMap<>();
        if (type.isEnum()) {
            schema.put("enum", ScalarTypes.constants(type));
        } else {
            schema.put(TYPE, jsonType(type));
        }
        if (value != null) {
            schema.put("default", Records.plain(value));
        }
        return schema;
    }

    /** Text is whatever stands there, also {@code 1900}. */
    private static Object jsonType(Class<?> type) {
        return switch (ScalarTypes.describe(type)) {
            case "true or false" -> "boolean";
            case "a number" -> "number";
            case "a whole number" -> "integer";
            default -> List.of("string", "number", "boolean");
        };
    }

    private Map<String, Object> generic(ParameterizedType type, @Nullable Object value) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Configured.class) {
            return reference(ComponentBinder.kind(arguments[0]));
        }
        if (type.getRawType() == Map.class) {
            Map<String, Object> schema = map(TYPE, "object");
            schema.put("additionalProperties", schema(arguments[1], null));
            return schema;
        }
        return list(arguments[0], value);
    }

    /** Items that are mappings can be changed one by one, by their index. */
    private Map<String, Object> list(Type item, @Nullable Object value) {
        Map<String, Object> array = list(item(item));
        if (!(item instanceof Class<?> raw) || ScalarTypes.isScalar(raw)) {
            if (value != null) {
                array.put("default", Records.plain(value));
            }
            return array;
        }
        Map<String, Object> byIndex = map(TYPE, "object");
        byIndex.put("patternProperties", map("^[0-9]{1,6}$", anySettings()));
        byIndex.put("additionalProperties", false);
        byIndex.put("minProperties", 1);
        return map("anyOf", List.of(array, byIndex));
    }

    /** An item inherits nothing: what has no default is required. */
    private Map<String, Object> item(Type item) {
        Map<String, Object> schema = schema(item, null);
        if (item instanceof Class<?> raw && raw.isRecord() && raw != ConfiguredLoss.class) {
            List<String> required = Arrays.stream(raw.getRecordComponents())
                    .filter(part -> !part.getAnnotatedType().isAnnotationPresent(Nullable.class))
                    .filter(part -> Records.defaults(part.getType()) == null)
                    .map(RecordComponent::getName)
                    .toList();
            schema.put("required", required);
        }
        return schema;
    }

    private static Map<String, Object> reference(ComponentKind kind) {
        return map("$ref", "#/definitions/" + kind.key());
    }

    /** The settings follow from the type; without one, the recipe has named it. */
    private Map<String, Object> kind(ComponentKind kind) {
        List<Component> components = catalog.components(kind);
        Map<String, Object> schema = map(TYPE, "object");
        schema.put(PROPERTIES, map(TYPE, types(components)));
        List<Object> cases = new ArrayList<>();
        Map<String, Object> all = new TreeMap<>();
        for (Component component : components) {
            Map<String, Object> settings = settings(kind, component);
            settings.keySet().forEach(name -> all.put(name, Map.of()));
            Map<String, Object> one = map(PROPERTIES, map(TYPE, map("const", component.type())));
            one.put("required", List.of(TYPE));
            cases.add(when(one, settings));
        }
        if (kind != ComponentKind.TASK && kind != ComponentKind.LOSS) {
            cases.add(when(map("not", map("required", List.of(TYPE))), all));
        } else {
            schema.put("required", List.of(TYPE));
        }
        schema.put("allOf", cases);
        return schema;
    }

    private static Map<String, Object> types(List<Component> components) {
        Map<String, Object> types =
                map("enum", components.stream().map(Component::type).toList());
        types.put(
                "enumDescriptions", // a word of editors
                components.stream()
                        .map(component -> component.factory().source().isEmpty()
                                ? component.origin()
                                : component.factory().source() + " (" + component.origin() + ")")
                        .toList());
        return types;
    }

    private Map<String, Object> settings(ComponentKind kind, Component component) {
        Map<String, Object> settings = map(TYPE, map("const", component.type()));
        if (kind == ComponentKind.LOSS) {
            Map<String, Object> weight = map(TYPE, "number");
            weight.put("minimum", 0);
            weight.put("default", 1);
            weight.put("description", "its share in the objective; 0 is off");
            settings.put("weight", weight);
        }
        Record defaults = component.factory().defaults();
        settings.putAll(properties(defaults.getClass(), defaults));
        return settings;
    }

    private static Map<String, Object> when(Map<String, Object> condition, Map<String, Object> properties) {
        Map<String, Object> then = map(PROPERTIES, properties);
        then.put("additionalProperties", false);
        Map<String, Object> rule = map("if", condition);
        rule.put("then", then);
        return rule;
    }

    /** The schema of an object with these keys and no others. */
    public static Map<String, Object> object(Map<String, Object> properties) {
        Map<String, Object> schema = map(TYPE, "object");
        schema.put(PROPERTIES, properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    /** A list whose items have a schema. */
    public static Map<String, Object> list(Map<String, Object> item) {
        Map<String, Object> schema = map(TYPE, "array");
        schema.put("items", item);
        return schema;
    }

    private static Map<String, Object> map(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }
}
