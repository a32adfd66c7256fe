package io.numclip.host.compare;

import io.numclip.data.NumClipException;
import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.ConfigProblems;
import io.numclip.host.config.ConfigSchema;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Layers;
import io.numclip.host.config.MethodChoice;
import io.numclip.host.config.MethodLayers;
import io.numclip.host.config.MethodVariant;
import io.numclip.host.config.Methods;
import io.numclip.host.config.Position;
import io.numclip.host.config.Protocol;
import io.numclip.host.config.RecordBinder;
import io.numclip.host.config.Setting;
import io.numclip.host.config.YamlReader;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.run.Tasks;
import io.numclip.spi.InvalidSettingException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads a comparison from a YAML file, from options, or from a file with options over it. */
public final class CompareReader {

    private static final String ALL = "all";
    private static final String NONE = "none";

    private final PluginCatalog catalog;

    public CompareReader(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /** The keys of the file. */
    record Keys(
            List<String> tasks,
            List<Named> methods,
            List<Long> seeds,
            String folds,
            List<String> shots,
            List<Protocol.Shift> shifts,
            CompareConfig.@Nullable Search search,
            ConfigNode.Mapping settings,
            boolean frozen,
            boolean yardsticks,
            String out,
            String against) {

        Keys {
            if (tasks.isEmpty() || methods.isEmpty()) {
                throw new IllegalArgumentException("a comparison needs tasks and methods, as in"
                        + " tasks: [age, dating] and methods: [numclip, coral]");
            }
            if (seeds.isEmpty()) {
                throw new InvalidSettingException("seeds", "must name at least one seed");
            }
            if (shifts.isEmpty()) {
                throw new InvalidSettingException("shifts", "must be none, or name shifts as {labels: 10, keep: 0.2}");
            }
            if (shots.isEmpty() || !shots.stream().allMatch(shot -> shot.matches("all|[1-9]\\d{0,6}"))) {
                throw new InvalidSettingException(
                        "shots", "must be all, or a number of images of each label; found " + shots);
            }
        }

        /** A method by its name; if there is a base, a variant of that method. */
        private record Named(String name, @Nullable String base, ConfigNode.@Nullable Mapping settings) {}
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
        Keys keys = keys(tree, problems);
        throwIfAny(problems, ofCells(tree, file, problems));
        return config(Objects.requireNonNull(keys), file, tree);
    }

    /** What is wrong with the configurations of the cells, by message, also if other keys of the file have problems. */
    private Map<String, NumClipException> ofCells(
            ConfigNode.Mapping tree, @Nullable Path file, ConfigProblems problems) {
        Map<String, NumClipException> found = new LinkedHashMap<>();
        Keys keys = soundKeys(tree, problems);
        if (keys != null) {
            Cells cells = new Cells(
                    config(keys, file, soundPart(tree, problems)), new ExperimentReader(catalog), new Tasks());
            new AgainstCheck(catalog, cells.methods(), cells.readable(found)).check(tree, problems);
        }
        return found;
    }

    private @Nullable Keys keys(ConfigNode.Mapping written, ConfigProblems problems) {
        ConfigNode.Mapping tree = written;
        tree = change(tree, "tasks", node -> list(node, new ExperimentReader(catalog).recipes()));
        checkTasks(tree, problems);
        tree = change(tree, "methods", node -> named(list(node, new Methods(catalog).names())));
        tree = change(tree, "seeds", node -> list(node, List.of()));
        tree = change(tree, "shots", node -> list(node, List.of(ALL)));
        tree = change(tree, "shifts", node -> shifts(list(node, List.of())));
        return new RecordBinder(catalog, problems, RecordBinder.Missing.REPORT).bind(Keys.class, tree);
    }

    /** Whether there are the tasks that are named. */
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

    /** Null if not enough is sound. What is refused only now that the rest is sound becomes a problem as well. */
    private @Nullable Keys soundKeys(ConfigNode.Mapping tree, ConfigProblems problems) {
        ConfigProblems further = new ConfigProblems();
        Keys keys = keys(soundPart(tree, problems), further);
        if (keys != null || further.paths().contains("")) {
            return keys;
        }
        problems.addAll(further);
        return soundKeys(tree, problems);
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
        for (RecordComponent key : Keys.class.getRecordComponents()) {
            properties.put(key.getName(), parts.schema(key.getGenericType(), null));
        }
        properties.put("tasks", oneOrMore(parts.schema(String.class, null)));
        properties.put(
                "methods",
                oneOrMore(Map.of("anyOf", List.of(methodOrAll(parts), parts.schema(Keys.Named.class, null)))));
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

    private static CompareConfig config(Keys keys, @Nullable Path file, ConfigNode.Mapping tree) {
        ConfigNode written = Objects.requireNonNull(tree.get("methods")); // the defaults have all keys
        List<MethodVariant> methods = IntStream.range(0, keys.methods().size())
                .mapToObj(i -> variant(keys.methods().get(i), position(written, i)))
                .toList();
        List<Integer> shots = keys.shots().stream()
                .map(shot -> shot.equals(ALL) ? 0 : Integer.parseInt(shot))
                .toList();
        Path folder = file == null ? Path.of("") : file.resolveSibling("");
        List<String> tasks =
                keys.tasks().stream().map(task -> located(task, folder)).toList();
        Path out = keys.out().isEmpty() ? defaultFolder(file) : Path.of(keys.out());
        return new CompareConfig(
                tasks,
                methods,
                keys.seeds(),
                keys.folds(),
                shots,
                keys.shifts(),
                keys.search(),
                MethodLayers.nested(keys.settings()),
                keys.frozen(),
                keys.yardsticks(),
                out,
                keys.against());
    }

    private static MethodVariant variant(Keys.Named method, Position position) {
        ConfigNode.Mapping settings =
                method.settings() == null ? new ConfigNode.Mapping(position, Map.of()) : method.settings();
        return new MethodVariant(method.name(), method.base() == null ? method.name() : method.base(), settings);
    }

    /** Where a method is written; those of {@code all} are written in one place. */
    private static Position position(ConfigNode methods, int index) {
        return methods instanceof ConfigNode.Sequence list
                ? list.items().get(index).position()
                : methods.position();
    }

    private static String located(String task, Path folder) {
        return ExperimentReader.isFile(task) ? folder.resolve(task).toString() : task;
    }

    private static Path defaultFolder(@Nullable Path file) {
        String name =
                file == null ? "compare" : String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", "");
        return Path.of("runs", name);
    }

    private static ConfigNode.Mapping defaults() {
        return YamlReader.parse(
                "compare",
                "{tasks: [], methods: [], seeds: [1], folds: '', shots: [all], shifts: [none], settings: {}, frozen: false, yardsticks: true, out: '',"
                        + " against: ''}");
    }

    private static ConfigNode.Mapping change(ConfigNode.Mapping tree, String key, UnaryOperator<ConfigNode> change) {
        ConfigNode.Entry entry = Objects.requireNonNull(tree.entries().get(key)); // the defaults have all keys
        Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(tree.entries());
        entries.put(key, new ConfigNode.Entry(entry.position(), change.apply(entry.value())));
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

    /** The word {@code none} stands for a shift of no labels. */
    private static ConfigNode shifts(ConfigNode shifts) {
        if (!(shifts instanceof ConfigNode.Sequence sequence)) {
            return shifts;
        }
        ConfigNode none = YamlReader.parse("compare", "{labels: 0, keep: 1}");
        List<ConfigNode> items = sequence.items().stream()
                .map(item ->
                        item instanceof ConfigNode.Scalar word && word.text().equals(NONE) ? none : item)
                .toList();
        return new ConfigNode.Sequence(sequence.position(), items);
    }

    /** A name alone stands for a mapping with a name. */
    private static ConfigNode named(ConfigNode methods) {
        if (!(methods instanceof ConfigNode.Sequence sequence)) {
            return methods;
        }
        List<ConfigNode> items = sequence.items().stream()
                .map(item -> item instanceof ConfigNode.Scalar name ? MethodChoice.inFull(name) : item)
                .toList();
        return new ConfigNode.Sequence(sequence.position(), items);
    }
}
