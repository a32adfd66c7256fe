package io.numclip.host.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records by reflection: creates them, reads them, writes them as a tree of maps and lists. */
public final class Records {

    private Records() {}

    /**
     * Settings as a tree for YAML and JSON: records become maps, enum constants become kebab-case words; components
     * that are {@code null} are left out.
     */
    public static Map<String, Object> tree(Record record) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (RecordComponent part : record.getClass().getRecordComponents()) {
            Object value = valueOf(part, record);
            if (value != null) {
                tree.put(part.getName(), plain(value));
            }
        }
        return tree;
    }

    /** The path to a setting of that name in a record or in one within it, such as {@code training.epochs} for {@code epochs}. */
    static Optional<String> path(Class<?> record, String name) {
        RecordComponent[] parts = record.getRecordComponents();
        if (Arrays.stream(parts).anyMatch(part -> part.getName().equals(name))) {
            return Optional.of(name);
        }
        return Arrays.stream(parts)
                .filter(part -> part.getType().isRecord())
                .flatMap(part -> path(part.getType(), name).map(inner -> part.getName() + "." + inner).stream())
                .findFirst();
    }

    /** A component as it is written in a configuration: type, then settings. */
    public static Map<String, Object> tree(Configured<?> component) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", component.type());
        tree.putAll(tree(component.settings()));
        return tree;
    }

    private static Map<String, Object> tree(ConfiguredLoss loss) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", loss.type());
        tree.put("weight", loss.weight());
        tree.putAll(tree(loss.loss().settings()));
        return tree;
    }

    /** A value as it is written in a configuration. */
    static Object plain(Object value) {
        if (value instanceof Configured<?> component) {
            return tree(component);
        }
        if (value instanceof ConfiguredLoss loss) {
            return tree(loss);
        }
        if (value instanceof Record record) {
            return tree(record);
        }
        if (value instanceof Enum<?> constant) {
            return ScalarTypes.kebab(constant);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Records::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, item) -> copy.put(String.valueOf(key), plain(item)));
            return copy;
        }
        return value;
    }

    /** A copy with another value for one component. */
    static <R extends Record> R with(R record, String name, @Nullable Object value) {
        RecordComponent[] parts = record.getClass().getRecordComponents();
        @Nullable Object[] arguments = new @Nullable Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            arguments[i] = parts[i].getName().equals(name) ? value : valueOf(parts[i], record);
        }
        @SuppressWarnings("unchecked") // a record's class is final
        Class<R> type = (Class<R>) record.getClass();
        return make(type, arguments);
    }

    /** @throws IllegalArgumentException or another exception of the record's own constructor */
    static <R extends Record> R make(Class<R> type, @Nullable Object[] arguments) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException failure) {
            Throwable cause = failure.getCause();
            throw cause instanceof RuntimeException refusal ? refusal : new IllegalStateException(cause);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("the record " + type.getName() + " cannot be created", failure);
        }
    }

    static @Nullable Object valueOf(RecordComponent part, Record record) {
        try {
            Method accessor = part.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(record);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("the record " + record.getClass().getName() + " cannot be read", failure);
        }
    }

    /** What the static method {@code defaults()} of a record returns, or null if there is none. */
    static @Nullable Record defaults(Class<?> type) {
        if (!type.isRecord()) {
            return null;
        }
        try {
            Method defaults = type.getDeclaredMethod("defaults");
            boolean fits = Modifier.isStatic(defaults.getModifiers()) && defaults.getReturnType() == type;
            return fits ? (Record) defaults.invoke(null) : null;
        } catch (NoSuchMethodException absent) {
            return null;
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("the defaults of " + type.getName() + " are not available", failure);
        }
    }
}
