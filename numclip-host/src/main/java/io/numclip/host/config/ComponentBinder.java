package io.numclip.host.config;

import io.numclip.data.NumClipException;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.spi.ComponentFactory;
import io.numclip.spi.RankingLoss;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chooses a factory by the {@code type} of a node and binds the rest of the node to the factory's settings. */
final class ComponentBinder {

    private static final String TYPE = "type";
    private static final String WEIGHT = "weight";

    private final PluginCatalog catalog;
    private final RecordBinder records;

    ComponentBinder(PluginCatalog catalog, RecordBinder records) {
        this.catalog = catalog;
        this.records = records;
    }

    /** @return null if a problem was found */
    @Nullable
    Configured<?> component(ComponentKind kind, ConfigNode node, String path) {
        return component(kind, node, path, Set.of(TYPE));
    }

    /** A loss has a weight in addition to the settings of its factory. */
    @Nullable
    ConfiguredLoss loss(ConfigNode node, String path) {
        Configured<?> loss = component(ComponentKind.LOSS, node, path, Set.of(TYPE, WEIGHT));
        Double weight = node instanceof ConfigNode.Mapping mapping ? weight(mapping, path) : null;
        if (loss == null || weight == null || !(loss.factory() instanceof RankingLoss.Factory<?> factory)) {
            return null;
        }
        return new ConfiguredLoss(new Configured<>(factory, loss.settings()), weight);
    }

    private @Nullable Configured<?> component(ComponentKind kind, ConfigNode node, String path, Set<String> hostKeys) {
        if (!(node instanceof ConfigNode.Mapping mapping)) {
            records.wrong(node, path, "a component as {type: name}");
            return null;
        }
        ComponentFactory<?> factory = factory(kind, mapping, path);
        if (factory == null) {
            return null;
        }
        Record defaults = factory.defaults();
        Record settings = records.record(defaults.getClass(), defaults, mapping, path, hostKeys);
        return settings == null ? null : new Configured<>(factory, settings);
    }

    /** The known names for a setting that holds a component; empty for every other setting. */
    String known(RecordComponent part) {
        return kind(part).map(kind -> known(catalog, kind)).orElse("");
    }

    /** An example of such a setting; empty for every other setting. */
    static String example(RecordComponent part) {
        return kind(part)
                .map(kind -> ", as in " + part.getName() + ": " + kind.example())
                .orElse("");
    }

    private static Optional<ComponentKind> kind(RecordComponent part) {
        return part.getType() == Configured.class && part.getGenericType() instanceof ParameterizedType type
                ? Optional.of(kind(type.getActualTypeArguments()[0]))
                : Optional.empty();
    }

    private @Nullable Double weight(ConfigNode.Mapping node, String path) {
        ConfigNode given = node.get(WEIGHT);
        if (given == null) {
            return 1.0;
        }
        Object weight = records.value(double.class, given, null, RecordBinder.join(path, WEIGHT));
        if (weight instanceof Double number && !(number >= 0 && number < Double.POSITIVE_INFINITY)) {
            String message = "weight must be 0 or a positive number; found " + number;
            records.fail(given.position(), RecordBinder.join(path, WEIGHT), message, "");
            return null;
        }
        return (Double) weight;
    }

    private @Nullable ComponentFactory<?> factory(ComponentKind kind, ConfigNode.Mapping node, String path) {
        String typePath = RecordBinder.join(path, TYPE);
        ConfigNode typeNode = node.get(TYPE);
        String type = node.text(TYPE);
        if (typeNode == null || type == null) {
            Position position = typeNode == null ? node.position() : typeNode.position();
            records.fail(position, typePath, "is required: the name of a " + kind.singular(), known(catalog, kind));
            return null;
        }
        try {
            return catalog.component(kind, type).factory();
        } catch (NumClipException unknown) {
            if (unknown.kind() == NumClipException.Kind.UNAVAILABLE) {
                throw unknown; // no mistake of the user's: a plugin is missing
            }
            records.fail(typeNode.position(), typePath, RecordBinder.message(unknown), "");
            return null;
        }
    }

    /** The kind whose factories implement an interface of the SPI, given with or without its type argument. */
    static ComponentKind kind(Type factory) {
        Type raw = factory instanceof ParameterizedType generic ? generic.getRawType() : factory;
        return Arrays.stream(ComponentKind.values())
                .filter(kind -> kind.factoryType().equals(raw))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of component has the factory " + factory));
    }

    static String known(PluginCatalog catalog, ComponentKind kind) {
        return catalog.components(kind).stream()
                .map(component -> component.type() + " (" + component.origin() + ")")
                .collect(Collectors.joining(", ", "Known " + kind.plural() + ": ", "."));
    }
}
