package io.numclip.host.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A YAML node with its position. Scalars stay text until a record says what type they have. */
public sealed interface ConfigNode {

    Position position();

    /** What the node is, in words for messages. */
    String describe();

    /** @param plain false for quoted and block scalars, which are text whatever they look like */
    record Scalar(Position position, String text, boolean plain) implements ConfigNode {

        public boolean isNull() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String describe() {
            if (isNull()) {
                return "nothing";
            }
            return plain ? text : '"' + text + '"';
        }
    }

    /** Children by key, in the order of the file. */
    record Mapping(Position position, Map<String, Entry> entries) implements ConfigNode {

        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        public @Nullable ConfigNode get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /** The text of a scalar child, or null if there is none. */
        public @Nullable String text(String key) {
            return get(key) instanceof Scalar scalar && !scalar.isNull() ? scalar.text() : null;
        }

        @Override
        public String describe() {
            return "a mapping";
        }
    }

    /** A key's own position, and its value. */
    record Entry(Position position, ConfigNode value) {}

    /** Items in order. */
    record Sequence(Position position, List<ConfigNode> items) implements ConfigNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String describe() {
            return "a list";
        }
    }
}
