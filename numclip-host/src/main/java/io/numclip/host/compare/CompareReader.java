package io.numclip.host.compare;

import io.numclip.data.NumClipException;
import io.numclip.host.assembly.Tasks;
import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.ConfigProblems;
import io.numclip.host.config.ConfigSchema;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Layers;
import io.numclip.host.config.MethodChoice;
import io.numclip.host.config.MethodLayers;
import io.numclip.host.config.Methods;
import io.numclip.host.config.Position;
import io.numclip.host.config.Protocol;
import io.numclip.host.config.RecordBinder;
import io.numclip.host.config.Setting;
import io.numclip.host.config.YamlReader;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a comparison from a YAML file, from options, or from a file with options over it. */
public final class CompareReader {

    private static final String ALL = "all";
    private static final String NONE = "none";

    private final PluginCatalog catalog;

    public CompareReader(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * @param file null: options only
     * @param options over the file; keys of a comparison, such as {@code seeds}, or {@code settings.training.epochs}
     * @throws NumClipException naming every problem at once, those of the configurations of all cells too
     */
    public CompareConfig read(@Nullable Path file, List<Setting> options) {
        ConfigProblems problems = new ConfigProblems();
        ConfigNode.Mapping tree = YamlReader.parse("compare", "");
        tree = Layers.merge(defaults(), file == null ? tree : YamlReader.read(file));
        for (Setting option : options) {
            tree = Layers.apply(tree, option, problems);
        }
        CompareConfig config = config(tree, file, problems);
        throwIfAny(problems, ofCells(tree, file, problems));
        return Objects.requireNonNull(config);
    }

    /** What is wrong with the configurations of the cells, by message, also if other keys of the file have problems. */
    private Map<String, NumClipException> ofCells(
            ConfigNode.Mapping tree, @Nullable Path file, ConfigProblems problems) {
        Map<String, NumClipException> found = new LinkedHashMap<>();
        CompareConfig config = sound(tree, file, problems);
        if (config != null) {
            Cells cells = new Cells(config, new ExperimentReader(catalog), new Tasks());
            new AgainstCheck(catalog, cells.methods(), cells.readable(found)).check(tree, problems);
        }
        return found;
    }

    private @Nullable CompareConfig config(ConfigNode.Mapping written, @Nullable Path file, ConfigProblems problems) {
        ConfigNode.Mapping tree = written;
        tree = change(tree, "tasks", node -> list(node, new ExperimentReader(catalog).recipes()));
        checkTasks(tree, problems);
        tree = change(tree, "tasks", node -> items(node, task -> located(task, file)));
        tree = change(tree, "methods", node -> items(list(node, new Methods(catalog).names()), CompareReader::inFull));
        tree = change(tree, "seeds", node -> list(node, List.of()));
        tree = change(tree, "shots", node -> list(node, List.of(ALL)));
        tree = change(tree, "shifts", node -> items(list(node, List.of()), CompareReader::shift));
        tree = change(
                tree, "settings", node -> node instanceof ConfigNode.Mapping keys ? MethodLayers.nested(keys) : node);
        tree = change(tree, "out", node -> folder(node, file));
        return new RecordBinder(catalog, problems, RecordBinder.Missing.REPORT).bind(CompareConfig.class, tree);
    }

    /** Checks that there are the tasks that are named. */
    private void checkTasks(ConfigNode.Mapping tree, ConfigProblems problems) {
        List<ConfigNode> tasks = tree.get("tasks") instanceof ConfigNode.Sequence list ? list.items() : List.of();
        for (int i = 0; i < tasks.size(); i++) {
            if (tasks.get(i) instanceof ConfigNode.Scalar task && !ExperimentReader.isFile(task.text())) {
                try {
                    catalog.component(ComponentKind.TASK, task.text());
                } catch (NumClipException unknown) {
                    addUnknown(unknown, task, "tasks" + "." + i, problems);
                }
            }
        }
    }

    /** A task that a refused plugin may bring is reported where it would be trained, with another exit code. */
    private static void addUnknown(NumClipException unknown, ConfigNode task, String path, ConfigProblems problems) {
        if (unknown.kind() == NumClipException.Kind.CONFIGURATION) {
            problems.add(task.position(), path, String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * The comparison; null if not enough is sound. What is refused only now that the rest is sound becomes a problem as
     * well.
     */
    private @Nullable CompareConfig sound(ConfigNode.Mapping tree, @Nullable Path file, ConfigProblems problems) {
        ConfigProblems further = new ConfigProblems();
        CompareConfig config = config(soundPart(tree, problems), file, further);
        if (config != null || further.paths().contains("")) {
            return config;
        }
        problems.addAll(further);
        return sound(tree, file, problems);
    }

    private static ConfigNode.Mapping soundPart(ConfigNode.Mapping tree, ConfigProblems problems) {
        return Layers.merge(defaults(), SoundPart.of(tree, problems.paths()));
    }

    private static void throwIfAny(ConfigProblems problems, Map<String, NumClipException> ofCells) {
        Map<String, NumClipException> all = new LinkedHashMap<>();
        problems.refusal().ifPresent(refusal -> all.put(String.valueOf(refusal.getMessage()), refusal));
        all.putAll(ofCells);
        Cells.throwIfAny(all);
    }

    /** Whether a file is a comparison, and not one experiment. */
    public static boolean isComparison(ConfigNode.Mapping file) {
        return file.get("tasks") != null || file.get("methods") != null;
    }

    /** The same as a JSON Schema. */
    public static Map<String, Object> comparison() {
        return Map.of("anyOf", List.of(Map.of("required", List.of("tasks")), Map.of("required", List.of("methods"))));
    }

    /** A JSON Schema of the file, with the short forms. */
    public static Map<String, Object> schema(ConfigSchema parts) {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (RecordComponent key : CompareConfig.class.getRecordComponents()) {
            properties.put(key.getName(), parts.schema(key.getGenericType(), null));
        }
        properties.put("tasks", oneOrMore(parts.schema(String.class, null)));
        properties.put(
                "methods",
                oneOrMore(Map.of("anyOf", List.of(methodOrAll(parts), parts.schema(CompareConfig.Named.class, null)))));
        properties.put("seeds", oneOrMore(parts.schema(long.class, null)));
        properties.put("shots", oneOrMore(parts.schema(String.class, null)));
        Map<String, Object> shift = parts.schema(Protocol.Shift.class, null);
        properties.put("shifts", oneOrMore(Map.of("anyOf", List.of(Map.of("const", NONE), shift))));
        return ConfigSchema.object(properties);
    }

    private static Map<String, Object> methodOrAll(ConfigSchema parts) {
        return Map.of("anyOf", List.of(parts.methodName(), Map.of("const", ALL)));
    }

    private static Map<String, Object> oneOrMore(Map<String, Object> item) {
        return Map.of("anyOf", List.of(item, ConfigSchema.list(item)));
    }

    /** Files of tasks are relative to that of the comparison. */
    private static ConfigNode located(ConfigNode node, @Nullable Path file) {
        return file != null && node instanceof ConfigNode.Scalar task && ExperimentReader.isFile(task.text())
                ? new ConfigNode.Scalar(
                        task.position(), file.resolveSibling(task.text()).toString(), true)
                : node;
    }

    private static ConfigNode folder(ConfigNode node, @Nullable Path file) {
        if (!(node instanceof ConfigNode.Scalar out) || !out.text().isEmpty()) {
            return node;
        }
        String name =
                file == null ? "compare" : String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        return new ConfigNode.Scalar(out.position(), Path.of("runs", name).toString(), true);
    }

    private static ConfigNode.Mapping defaults() {
        return YamlReader.parse(
                "compare",
                "{tasks: [], methods: [], seeds: [1], folds: '', shots: [all], shifts: [none], settings: {}, frozen: false, yardsticks: true, out: '',"
                        + " against: ''}");
    }

    private static ConfigNode.Mapping change(ConfigNode.Mapping tree, String key, UnaryOperator<ConfigNode> change) {
        ConfigNode.Entry entry = Objects.requireNonNull(tree.entries().get(key)); // the defaults have all keys
        return with(tree, key, entry.position(), change.apply(entry.value()));
    }

    private static ConfigNode.Mapping with(ConfigNode.Mapping tree, String key, Position position, ConfigNode value) {
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(tree.entries());
        entries.put(key, new ConfigNode.Entry(position, value));
        return new ConfigNode.Mapping(tree.position(), entries);
    }

    /** One word stands for a list of one, {@code all} for all names. */
    private static ConfigNode list(ConfigNode node, List<String> names) {
        if (!(node instanceof ConfigNode.Scalar scalar)) {
            return node;
        }
        boolean all = scalar.text().equals(ALL) && !names.isEmpty();
        List<ConfigNode> items = all
                ? names.stream()
                        .map(name -> (ConfigNode) new ConfigNode.Scalar(scalar.position(), name, true))
                        .toList()
                : List.of(scalar);
        return new ConfigNode.Sequence(scalar.position(), items);
    }

    private static ConfigNode items(ConfigNode node, UnaryOperator<ConfigNode> change) {
        return node instanceof ConfigNode.Sequence list
                ? new ConfigNode.Sequence(
                        list.position(), list.items().stream().map(change).toList())
                : node;
    }

    /** The word {@code none} stands for a shift of no labels. */
    private static ConfigNode shift(ConfigNode item) {
        return item instanceof ConfigNode.Scalar word && word.text().equals(NONE)
                ? YamlReader.parse("compare", "{labels: 0, keep: 1}")
                : item;
    }

    /** A name alone stands for a mapping with a name; one without settings has none, in its own place. */
    private static ConfigNode inFull(ConfigNode item) {
        ConfigNode method = item instanceof ConfigNode.Scalar name ? MethodChoice.inFull(name) : item;
        return method instanceof ConfigNode.Mapping mapping && mapping.get("settings") == null
                ? with(mapping, "settings", mapping.position(), new ConfigNode.Mapping(mapping.position(), Map.of()))
                : method;
    }
}
