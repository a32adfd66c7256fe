package io.numclip.reliability;

import io.numclip.spi.ComponentFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The components that NumCLIP brings, as the host finds them. */
final class BuiltIns {

    private BuiltIns() {}

    /** All factories of a kind. */
    static List<ComponentFactory<?>> of(Class<?> kind) {
        List<ComponentFactory<?>> found = new ArrayList<>();
        for (String name : names()) {
            try {
                Class<?> type = Class.forName(name);
                if (kind.isAssignableFrom(type)) {
                    found.add((ComponentFactory<?>) type.getConstructor().newInstance());
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(name, e);
            }
        }
        return found;
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        try {
            for (URL index :
                    Collections.list(BuiltIns.class.getClassLoader().getResources("META-INF/extensions.idx"))) {
                try (InputStream in = index.openStream()) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(name -> name.startsWith("io.numclip."))
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
