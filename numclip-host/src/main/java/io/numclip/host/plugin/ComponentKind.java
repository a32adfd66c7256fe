package io.numclip.host.plugin;

import io.numclip.spi.BinningStrategy;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.NumberPrompts;
import io.numclip.spi.OrdinalTask;
import io.numclip.spi.RankingLoss;
import io.numclip.spi.RegionFinder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The seven kinds of component that built-ins and plugins provide, each with its key in the configuration file. */
public enum ComponentKind {
    TASK("task", "task", "tasks", "{type: age}", OrdinalTask.Factory.class),
    BINNING(
            "binning",
            "binning",
            "binnings",
            "{type: quantile, concepts: [low, medium, high]}",
            BinningStrategy.Factory.class),
    PROMPTS("prompts", "prompt wording", "prompt wordings", "{type: template}", NumberPrompts.Factory.class),
    COARSE_HEAD("coarseHead", "coarse head", "coarse heads", "{type: image-text}", CoarseHead.Factory.class),
    FINE_HEAD("fineHead", "fine head", "fine heads", "{type: ssr}", FineHead.Factory.class),
    LOSS("losses", "loss", "losses", "{type: ranking-ce}", RankingLoss.Factory.class),
    REGIONS("regions", "region finder", "region finders", "{type: yunet}", RegionFinder.Factory.class);

    private final String key;
    private final String singular;
    private final String plural;
    private final String example;
    private final Class<?> factoryType;

    ComponentKind(String key, String singular, String plural, String example, Class<?> factoryType) {
        this.key = key;
        this.singular = singular;
        this.plural = plural;
        this.example = example;
        this.factoryType = factoryType;
    }

    /** The key of the configuration file under which a component of this kind is named. */
    public String key() {
        return key;
    }

    /** The kind in words, for messages: {@code fine head}. */
    public String singular() {
        return singular;
    }

    public String plural() {
        return plural;
    }

    /** How a component of this kind is written, for messages. */
    public String example() {
        return example;
    }

    /** The interface that each factory of this kind implements. */
    public Class<?> factoryType() {
        return factoryType;
    }

    /** The kinds that a factory class implements: exactly one for a valid factory. */
    static List<ComponentKind> of(Class<?> factoryClass) {
        return Arrays.stream(values())
                .filter(kind -> kind.factoryType.isAssignableFrom(factoryClass))
                .toList();
    }

    /** The interfaces that a factory may implement, for messages. */
    static String factoryTypes() {
        return Arrays.stream(values())
                .map(kind -> kind.factoryType.getDeclaringClass().getSimpleName() + ".Factory")
                .collect(Collectors.joining(", "));
    }
}
