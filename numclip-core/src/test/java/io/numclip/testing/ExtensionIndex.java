package io.numclip.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The index in which PF4J's annotation processor lists the factories of a jar or folder of classes. */
public final class ExtensionIndex {

    static final String FILE = "META-INF/extensions.idx";

    private ExtensionIndex() {}

    /** The names of all classes that the indices on a class path list, and lines that are none, such as comments. */
    public static List<String> names(ClassLoader loader) throws IOException {
        List<String> names = new ArrayList<>();
        for (URL index : Collections.list(loader.getResources(FILE))) {
            try (InputStream in = index.openStream()) {
                new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().forEach(names::add);
            }
        }
        return names;
    }
}
