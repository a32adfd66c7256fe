package io.numclip.reliability;

import io.numclip.spi.ComponentFactory;
import io.numclip.testing.ExtensionIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The components that NumCLIP brings, as the host finds them. */
final class BuiltIns {

    private BuiltIns() {}

    /** All factories of a kind. */
    static List<ComponentFactory<?>> of(Class<?> kind) {
        List<ComponentFactory<?>> found = new ArrayList<>();
        try {
            for (String name : ExtensionIndex.names(BuiltIns.class.getClassLoader())) {
                if (name.startsWith("io.numclip.") && kind.isAssignableFrom(Class.forName(name))) {
                    found.add((ComponentFactory<?>)
                            Class.forName(name).getConstructor().newInstance());
                }
            }
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }
}
