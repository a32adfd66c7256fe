package io.numclip.host.plugin;

import io.numclip.data.NumClipException;
import io.numclip.spi.ComponentFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A component that can be chosen by name.
 *
 * @param type the name users write after {@code type:}
 * @param factory implements the factory interface of the kind
 * @param origin for messages: {@code built in} or {@code plugin counting 1.0.0}
 */
public record Component(ComponentKind kind, String type, ComponentFactory<?> factory, String origin) {

    public static final String BUILT_IN = "built in";

    public Component {
        if (!kind.factoryType().isInstance(factory)) {
            throw new IllegalArgumentException("a " + kind.singular() + " needs a factory of its kind; found "
                    + factory.getClass().getName());
        }
    }

    /** A text file that comes with the component, such as its recipe {@code numclip/age.yaml}; empty if it has none. */
    public Optional<String> resource(String name) {
        ClassLoader loader = factory.getClass().getClassLoader();
        try (InputStream stream = loader.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new NumClipException(
                    NumClipException.Kind.IO,
                    name + " of " + kind.singular() + " \"" + type + "\" (" + origin + ") cannot be read: "
                            + e.getMessage(),
                    "build the plugin again, or get it again from its author",
                    e);
        }
    }
}
