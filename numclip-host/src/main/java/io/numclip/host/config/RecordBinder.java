package io.numclip.host.config;

import io.numclip.data.NearestName;
import io.numclip.data.NumClipException;
import io.numclip.data.RefusedSettingException;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills a record from a configuration. Settings that the configuration leaves out come from an instance with default
 * values, or from the static method {@code defaults()} of a record; a setting whose default is {@code null} is
 * required. Without defaults, as for the items of a list, every setting is required that is not {@code @Nullable}.
 *
 * <p>An unknown key, a missing value, a wrong type, an unknown component and an {@link IllegalArgumentException} from a
 * record's constructor each become one problem, and reading continues.
 */
public final class RecordBinder {

    private static final String COLON = "Text with a colon needs quotes: \"a photo: a child\".";

    /** Whether a missing required value is a problem of its own, or follows from one that is already reported. */
    public enum Missing {
        REPORT,
        IGNORE
    }

    private final ComponentBinder binder;
    private final ConfigProblems problems;
    private final Missing missing;
    private final Map<String, Configured<?>> components = new HashMap<>();
    private int failures;

    public RecordBinder(PluginCatalog catalog, ConfigProblems problems, Missing missing) {
        this.binder = new ComponentBinder(catalog, this);
        this.problems = problems;
        this.missing = missing;
    }

    /**
     * Fills a record that no other setting belongs to.
     *
     * @throws NumClipException naming every problem at once
     */
    public static <R extends Record> R read(PluginCatalog catalog, Class<R> type, ConfigNode.Mapping node) {
        ConfigProblems problems = new ConfigProblems();
        R read = new RecordBinder(catalog, problems, Missing.REPORT).bind(type, node);
        problems.throwIfAny();
        return Objects.requireNonNull(read);
    }

    /** @return null if a problem was found */
    public <R extends Record> @Nullable R bind(Class<R> type, ConfigNode.Mapping node) {
        return record(type, Records.defaults(type), node, "", Set.of());
    }

    /** @param hostKeys keys that are not in the record and are read elsewhere */
    <R extends Record> @Nullable R record(
            Class<R> type, @Nullable Record defaults, ConfigNode.Mapping node, String path, Set<String> hostKeys) {
        RecordComponent[] parts = type.getRecordComponents();
        refuseUnknownKeys(node, path, keys(parts, hostKeys), type);
        boolean complete = true;
        @Nullable Object[] fallbacks = new @Nullable Object[parts.length];
        @Nullable Object[] arguments = new @Nullable Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            int before = failures;
            fallbacks[i] =
                    defaults == null ? Records.defaults(parts[i].getType()) : Records.valueOf(parts[i], defaults);
            Object given = argument(parts[i], defaults == null, fallbacks[i], node, path);
            arguments[i] = failures == before ? given : fallbacks[i];
            complete &= failures == before || fallbacks[i] != null;
        }
        return complete ? make(type, arguments, fallbacks, node, path) : null;
    }

    /** What was chosen there; empty if a problem was found. */
    Optional<Configured<?>> component(String path) {
        return Optional.ofNullable(components.get(path));
    }

    /** @return null if a problem was found */
    @Nullable
    Object value(Type type, ConfigNode node, @Nullable Record fallback, String path) {
        if (type instanceof ParameterizedType generic) {
            return genericValue(generic, node, path);
        }
        Class<?> raw = (Class<?>) type;
        if (raw == ConfigNode.Mapping.class) {
            return node instanceof ConfigNode.Mapping ? node : wrong(node, path, "settings as 'key: value'");
        }
        if (raw == ConfiguredLoss.class) {
            return binder.loss(node, path);
        }
        if (raw.isRecord()) {
            return node instanceof ConfigNode.Mapping mapping
                    ? record(raw.asSubclass(Record.class), fallback, mapping, path, Set.of())
                    : wrong(node, path, "settings as 'key: value'");
        }
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            boolean colon = raw == String.class && node instanceof ConfigNode.Mapping;
            return wrong(node, path, ScalarTypes.describe(raw), colon ? COLON : "");
        }
        try {
            return ScalarTypes.convert(raw, scalar);
        } catch (IllegalArgumentException failure) {
            return fail(node.position(), path, message(failure), "");
        }
    }

    /** Adds a problem; returns null for the caller to return. */
    @Nullable
    Object fail(Position position, String path, String message, String hint) {
        failures++;
        problems.add(position, path, message, hint);
        return null;
    }

    @Nullable
    Object wrong(ConfigNode node, String path, String expected) {
        return wrong(node, path, expected, "");
    }

    private @Nullable Object wrong(ConfigNode node, String path, String expected, String hint) {
        return fail(node.position(), path, "expected " + expected + "; found " + node.describe(), hint);
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** A leading space and a question, or nothing if no name is near. */
    static String didYouMean(String name, Collection<String> known) {
        return question(NearestName.of(name, known).stream());
    }

    private static String question(Stream<String> names) {
        String quoted = names.map(name -> '"' + name + '"').collect(Collectors.joining(" or "));
        return quoted.isEmpty() ? "" : " Did you mean " + quoted + "?";
    }

    static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    private @Nullable Object argument(
            RecordComponent part,
            boolean withoutDefaults,
            @Nullable Object fallback,
            ConfigNode.Mapping node,
            String path) {
        ConfigNode child = node.get(part.getName());
        boolean optional = withoutDefaults && part.getAnnotatedType().isAnnotationPresent(Nullable.class);
        if (optional && child instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
            return null;
        }
        if (child != null) {
            Record recordFallback = fallback instanceof Record record ? record : null;
            return value(part.getGenericType(), child, recordFallback, join(path, part.getName()));
        }
        if (fallback == null && !optional) {
            requireGiven(part, node, path);
        }
        return fallback;
    }

    private void requireGiven(RecordComponent part, ConfigNode.Mapping node, String path) {
        failures++;
        if (missing == Missing.REPORT) {
            Class<?> type = part.getType();
            String expected =
                    ScalarTypes.isScalar(type) ? ": " + ScalarTypes.describe(type) : ComponentBinder.example(part);
            problems.add(node.position(), join(path, part.getName()), "is required" + expected, binder.known(part));
        }
    }

    private @Nullable Object genericValue(ParameterizedType type, ConfigNode node, String path) {
        Type[] arguments = type.getActualTypeArguments();
        if (type.getRawType() == Configured.class) {
            return component(ComponentBinder.kind(arguments[0]), node, path);
        }
        if (type.getRawType() == List.class) {
            return node instanceof ConfigNode.Sequence sequence
                    ? list(arguments[0], sequence, path)
                    : wrong(node, path, "a list");
        }
        if (type.getRawType() == Map.class) {
            return node instanceof ConfigNode.Mapping mapping
                    ? map(arguments[1], mapping, path)
                    : wrong(node, path, "settings as 'key: value'");
        }
        throw new IllegalArgumentException("a setting cannot have the type " + type);
    }

    private @Nullable Configured<?> component(ComponentKind kind, ConfigNode node, String path) {
        int before = failures;
        Configured<?> component = binder.component(kind, node, path);
        if (component != null && failures == before) {
            components.put(path, component);
        }
        return component;
    }

    private List<@Nullable Object> list(Type item, ConfigNode.Sequence node, String path) {
        List<@Nullable Object> values = new ArrayList<>();
        for (ConfigNode child : node.items()) {
            values.add(value(item, child, null, join(path, String.valueOf(values.size()))));
        }
        return values;
    }

    private Map<String, @Nullable Object> map(Type item, ConfigNode.Mapping node, String path) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        node.entries().forEach((key, entry) -> values.put(key, value(item, entry.value(), null, join(path, key))));
        return values;
    }

    private void refuseUnknownKeys(
            ConfigNode.Mapping node, String path, Set<String> known, Class<? extends Record> type) {
        String hint =
                known.isEmpty() ? "There are no settings here." : "Known settings: " + String.join(", ", known) + ".";
        node.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                Optional<String> near = NearestName.of(key, known);
                Optional<String> within = Records.path(type, key).map(place -> join(path, place));
                String meant = question(Stream.of(near, within).flatMap(Optional::stream));
                fail(entry.position(), join(path, key), "unknown setting." + meant, hint);
            }
        });
    }

    private static Set<String> keys(RecordComponent[] parts, Set<String> hostKeys) {
        Set<String> keys = new LinkedHashSet<>(hostKeys.stream().sorted().toList());
        Arrays.stream(parts).map(RecordComponent::getName).forEach(keys::add);
        return keys;
    }

    /** A setting that is out of range is replaced by its default, so that the other settings are checked as well. */
    private <R extends Record> @Nullable R make(
            Class<R> type,
            @Nullable Object[] arguments,
            @Nullable Object[] fallbacks,
            ConfigNode.Mapping node,
            String path) {
        List<String> names = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        Set<String> refused = new HashSet<>();
        for (int attempt = 0; attempt <= names.size(); attempt++) {
            try {
                return Records.make(type, arguments);
            } catch (RuntimeException refusal) {
                int index = names.indexOf(refuse(refusal, node, path, refused));
                if (index < 0 || fallbacks[index] == null || fallbacks[index] == arguments[index]) {
                    return null;
                }
                arguments[index] = fallbacks[index];
            }
        }
        return null;
    }

    /**
     * Reports a refusal: where the user has written the first setting that it names, otherwise at the whole record. If it
     * names one that was refused before, it follows from that one's default, which the user has not written.
     *
     * @param refused settings; the next one of this refusal is added
     * @return that setting, or an empty text
     */
    private String refuse(RuntimeException refusal, ConfigNode.Mapping node, String path, Set<String> refused) {
        List<String> written = written(refusal, node);
        if (Collections.disjoint(written, refused)) {
            report(refusal, node, path);
        }
        return written.stream().filter(refused::add).findFirst().orElse("");
    }

    /** Adds a problem where the user has written the first setting that the refusal names, or else at the whole record. */
    void report(RuntimeException refusal, ConfigNode.Mapping node, String path) {
        String setting = written(refusal, node).stream().findFirst().orElse("");
        ConfigNode given = node.get(setting);
        if (given == null) {
            fail(node.position(), path, message(refusal), "");
        } else {
            fail(given.position(), join(path, setting), message(refusal), "");
        }
    }

    private static List<String> written(RuntimeException refusal, ConfigNode.Mapping node) {
        List<String> named = refusal instanceof RefusedSettingException invalid
                ? invalid.settings()
                : List.of(message(refusal).split(" ", 2)[0]);
        return named.stream().filter(setting -> node.get(setting) != null).toList();
    }
}
