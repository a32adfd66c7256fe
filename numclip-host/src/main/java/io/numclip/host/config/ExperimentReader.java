package io.numclip.host.config;

import io.numclip.data.Invocation;
import io.numclip.data.NumClipException;
import io.numclip.host.config.RecordBinder.Missing;
import io.numclip.host.plugin.Component;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.spi.CoarseHead;
import io.numclip.spi.FineHead;
import io.numclip.spi.RegionFinder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads an experiment in layers, each overriding the ones before: the defaults, the recipe of the task, the user's
 * file, the {@code --set} options. The method comes before the file if the file names it, and after the file if the
 * command line or a comparison names it. A recipe is the resource {@code numclip/<task>.yaml} next to the factory of a
 * task; a resource {@code numclip/<task>.<method>.yaml} next to it says what the task changes in a method.
 */
public final class ExperimentReader {

    private static final String DEFAULTS = "numclip/defaults.yaml";

    private final PluginCatalog catalog;
    private final Methods methods;

    public ExperimentReader(PluginCatalog catalog) {
        this.catalog = catalog;
        this.methods = new Methods(catalog);
    }

    /**
     * Relative paths in the file are resolved against its folder, those in settings against the working directory.
     *
     * @param recipe name of a task, or path of a YAML file
     * @throws io.numclip.data.NumClipException naming every problem at once
     */
    public ExperimentConfig read(String recipe, List<Setting> settings) {
        return read(recipe, MethodLayers.of(settings));
    }

    /**
     * The same for one cell of a comparison.
     *
     * @throws io.numclip.data.NumClipException naming every problem at once
     */
    public ExperimentConfig read(String recipe, MethodLayers methodLayers) {
        return isFile(recipe)
                ? read(recipe, YamlReader.read(Path.of(recipe)), methodLayers)
                : read("", named(recipe), methodLayers);
    }

    /**
     * The same for an experiment that is part of another file.
     *
     * @param experiment what a file of the user would contain
     * @throws io.numclip.data.NumClipException naming every problem at once
     */
    public ExperimentConfig read(ConfigNode.Mapping experiment, List<Setting> settings) {
        return read("", experiment, MethodLayers.of(settings));
    }

    /**
     * The heads of a trained model, from the types and settings stored with the model.
     *
     * @param madeWith what the model needs, as far as it is known, such as {@code plugin fill-level 1.0.0}
     * @throws NumClipException UNAVAILABLE if there is no such head, DATA if it does not have these settings: a model is no
     *     file for users to correct
     */
    public Heads heads(
            String source, Map<String, Object> coarseHead, Map<String, Object> fineHead, List<String> madeWith) {
        requireHere(source, ComponentKind.COARSE_HEAD, coarseHead, madeWith);
        requireHere(source, ComponentKind.FINE_HEAD, fineHead, madeWith);
        Map<String, Object> sections = Map.of("coarseHead", coarseHead, "fineHead", fineHead);
        ConfigNode.Mapping tree = YamlReader.parse(source, YamlWriter.write(sections));
        ConfigProblems problems = new ConfigProblems();
        Heads heads = new RecordBinder(catalog, problems, Missing.REPORT).bind(Heads.class, tree);
        problems.refusal().ifPresent(refusal -> {
            throw new NumClipException(
                    NumClipException.Kind.DATA,
                    String.valueOf(refusal.getMessage()),
                    "use the versions of NumCLIP and of the plugin that the model was trained with, or put the file back"
                            + " from a copy",
                    refusal);
        });
        return Objects.requireNonNull(heads);
    }

    private void requireHere(String source, ComponentKind kind, Map<String, Object> head, List<String> madeWith) {
        if (!(head.get("type") instanceof String type)) {
            return; // is said with its place
        }
        try {
            catalog.component(kind, type);
        } catch (NumClipException missing) {
            throw new NumClipException(
                    NumClipException.Kind.UNAVAILABLE,
                    source + ": " + missing.getMessage(),
                    "put the plugin that brings it into plugins/"
                            + (madeWith.isEmpty() ? "" : " (" + String.join("; ", madeWith) + ")") + "; '"
                            + Invocation.NAME + " plugins list' says what is there; " + PluginCatalog.IN_JAVA,
                    missing);
        }
    }

    /** What a trained model needs besides its parameters. */
    public record Heads(Configured<CoarseHead.Factory<?>> coarseHead, Configured<FineHead.Factory<?>> fineHead) {}

    /** What finds regions, as an option or a configuration names it. */
    private record Finding(Configured<RegionFinder.Factory<?>> regions) {}

    /**
     * What finds regions.
     *
     * @param source the file that the section stands in, or the option, for messages
     * @throws NumClipException naming every problem at once
     */
    public Configured<RegionFinder.Factory<?>> regions(String source, ConfigNode section) {
        ConfigNode.Entry entry = new ConfigNode.Entry(section.position(), section);
        ConfigNode.Mapping tree = new ConfigNode.Mapping(section.position(), Map.of("regions", entry));
        return RecordBinder.read(catalog, Finding.class, PathSettings.resolve(tree, source))
                .regions();
    }

    /**
     * Reads text that is already in memory.
     *
     * @param source the file that it would be, to whose folder paths are relative
     * @throws io.numclip.data.NumClipException naming every problem at once
     */
    public ExperimentConfig parse(String source, String text, List<Setting> settings) {
        return read(source, YamlReader.parse(source, text), MethodLayers.of(settings));
    }

    private ExperimentConfig read(String source, ConfigNode.Mapping user, MethodLayers methodLayers) {
        Optional<Component> task = task(user, methodLayers.settings());
        ConfigProblems problems = new ConfigProblems();
        List<ConfigNode.Mapping> layers = new ArrayList<>();
        task.flatMap(found -> resource(found, found.type())).ifPresent(layers::add);
        Optional<MethodChoice> later = methodLayers.choice();
        if (later.isEmpty()) {
            layers.addAll(method(task, MethodChoice.of(user), problems));
        }
        layers.add(MethodChoice.written(user));
        layers.add(methodLayers.common());
        later.ifPresent(method -> {
            MethodChoice.of(user).refuseRemains(user, method, methods, problems);
            layers.addAll(method(task, method, problems));
        });
        layers.addAll(methodLayers.changes());
        layers.add(new ConfigNode.Mapping(user.position(), Map.of())); // problems of the whole point to the file
        return bind(source, layers, methodLayers.settings(), task.isPresent(), problems);
    }

    /** The settings of the method, and what the task changes in them. */
    private List<ConfigNode.Mapping> method(Optional<Component> task, MethodChoice method, ConfigProblems problems) {
        List<ConfigNode.Mapping> layers =
                new ArrayList<>(List.of(method.file(methods, problems).tree()));
        task.flatMap(found -> resource(found, found.type() + "." + method.name()))
                .ifPresent(layers::add);
        return layers;
    }

    /** @param layers above the defaults, lowest first */
    private ExperimentConfig bind(
            String source,
            List<ConfigNode.Mapping> layers,
            List<Setting> settings,
            boolean taskIsKnown,
            ConfigProblems problems) {
        ConfigNode.Mapping tree = defaults();
        for (ConfigNode.Mapping layer : layers) {
            tree = Layers.merge(tree, layer);
        }
        for (Setting setting : settings) {
            tree = Layers.apply(tree, MethodChoice.written(setting), problems);
        }
        if (tree.get("task") == null) {
            String known = ComponentBinder.known(catalog, ComponentKind.TASK);
            problems.add(tree.position(), "task", "is required, as in task: {type: age}", known);
        }
        Missing missing = taskIsKnown ? Missing.REPORT : Missing.IGNORE;
        RecordBinder binder = new RecordBinder(catalog, problems, missing);
        ExperimentConfig config = binder.bind(ExperimentConfig.class, PathSettings.resolve(tree, source));
        ScaleCheck scales = new ScaleCheck(binder);
        scales.check(tree);
        if (config != null) {
            config = new ZeroShotBinning(binder, scales, DEFAULTS).fitted(config, tree);
        }
        problems.throwIfAny();
        return Objects.requireNonNull(config);
    }

    /** The tasks of plugins that come with a recipe, so that their name is enough to train. */
    public List<String> recipes() {
        return catalog.components(ComponentKind.TASK).stream()
                .filter(task -> !task.origin().equals(Component.BUILT_IN))
                .filter(task -> resource(task, task.type()).isPresent())
                .map(Component::type)
                .toList();
    }

    private Optional<Component> task(ConfigNode.Mapping user, List<Setting> settings) {
        String type = user.get("task") instanceof ConfigNode.Mapping task ? task.text("type") : null;
        for (Setting setting : settings) {
            type = setting.key().equals("task.type") ? setting.value() : type;
        }
        String wanted = type;
        return catalog.components(ComponentKind.TASK).stream()
                .filter(candidate -> candidate.type().equals(wanted))
                .findFirst();
    }

    private static Optional<ConfigNode.Mapping> resource(Component task, String name) {
        String resource = "numclip/" + name + ".yaml";
        return task.resource(resource).map(text -> YamlReader.parse(resource, text));
    }

    private static ConfigNode.Mapping defaults() {
        try (InputStream stream = ExperimentReader.class.getResourceAsStream("/" + DEFAULTS)) {
            String text = new String(Objects.requireNonNull(stream, DEFAULTS).readAllBytes(), StandardCharsets.UTF_8);
            return YamlReader.parse(DEFAULTS, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ConfigNode.Mapping named(String task) {
        Position position = Position.option("task " + task);
        ConfigNode type = new ConfigNode.Scalar(position, task, false);
        ConfigNode section = new ConfigNode.Mapping(position, Map.of("type", new ConfigNode.Entry(position, type)));
        return new ConfigNode.Mapping(position, Map.of("task", new ConfigNode.Entry(position, section)));
    }

    public static boolean isFile(String recipe) {
        return recipe.endsWith(".yaml") || recipe.endsWith(".yml") || recipe.contains("/") || recipe.contains("\\");
    }
}
