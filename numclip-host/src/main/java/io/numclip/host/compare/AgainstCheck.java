package io.numclip.host.compare;

import io.numclip.data.NearestName;
import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.ConfigProblems;
import io.numclip.host.config.MethodFile;
import io.numclip.host.config.MethodVariant;
import io.numclip.host.config.Methods;
import io.numclip.host.plugin.PluginCatalog;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether the method that all others are tested against is one of the comparison, by its name or its title. */
final class AgainstCheck {

    private static final String AGAINST = "against";

    private final List<String> names;
    private final List<String> known; // those of them that there are
    private final Set<String> titles;

    /**
     * @param methods all, with the yardsticks
     * @param readable the cells whose configuration has no mistakes
     */
    AgainstCheck(PluginCatalog catalog, List<MethodVariant> methods, List<Cell> readable) {
        Methods all = new Methods(catalog);
        Set<String> existing = Set.copyOf(all.names());
        names = methods.stream().map(MethodVariant::name).toList();
        known = methods.stream()
                .filter(method -> existing.contains(method.base()))
                .map(MethodVariant::name)
                .toList();
        titles = new LinkedHashSet<>();
        readable.forEach(cell -> titles.add(cell.config().method().title()));
        all.all().stream()
                .filter(method -> names.contains(method.name()))
                .map(MethodFile::title)
                .forEach(titles::add);
    }

    void check(ConfigNode.Mapping tree, ConfigProblems problems) {
        ConfigNode given = tree.get(AGAINST);
        String against = tree.text(AGAINST);
        if (given == null || against == null || against.isEmpty()) {
            return;
        }
        if (!names.contains(against) && !titles.contains(against) && !isWritten(against, tree)) {
            problems.add(
                    given.position(),
                    AGAINST,
                    "the comparison has no method \"" + against + "\"" + NearestName.question(against, known),
                    known.stream()
                            .map(name -> '"' + name + '"')
                            .collect(Collectors.joining(", ", "Known methods: ", ".")));
        }
    }

    /** Counts a method whose own settings have mistakes, too. */
    private static boolean isWritten(String name, ConfigNode.Mapping tree) {
        return tree.get("methods") instanceof ConfigNode.Sequence list
                && list.items().stream()
                        .anyMatch(
                                item -> item instanceof ConfigNode.Mapping method && name.equals(method.text("name")));
    }
}
