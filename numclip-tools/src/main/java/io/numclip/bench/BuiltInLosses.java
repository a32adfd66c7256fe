package io.numclip.bench;

import io.numclip.spi.RankingLoss;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pf4j.processor.IndexedExtensionStorage;

/** The losses of the core by type, found as the host finds them: through PF4J's index. */
final class BuiltInLosses {

    private static final String INDEX = "META-INF/extensions.idx";

    private final Map<String, RankingLoss.Factory<?>> factories = new TreeMap<>();

    BuiltInLosses() throws IOException, ReflectiveOperationException {
        for (String name : extensions()) {
            Object factory = Class.forName(name).getConstructor().newInstance();
            if (factory instanceof RankingLoss.Factory<?> loss) {
                factories.put(loss.type(), loss);
            }
        }
    }

    Set<String> types() {
        return factories.keySet();
    }

    /** With its defaults. */
    RankingLoss create(String type, RankingLoss.Context context) {
        return create(factories.get(type), context);
    }

    private static <C extends Record> RankingLoss create(RankingLoss.Factory<C> factory, RankingLoss.Context context) {
        return factory.create(factory.defaults(), context);
    }

    private static Set<String> extensions() throws IOException {
        Set<String> names = new LinkedHashSet<>();
        ClassLoader loader = BuiltInLosses.class.getClassLoader();
        for (URL index : Collections.list(loader.getResources(INDEX))) {
            try (Reader reader = new InputStreamReader(index.openStream(), StandardCharsets.UTF_8)) {
                IndexedExtensionStorage.read(reader, names);
            }
        }
        return names;
    }
}
