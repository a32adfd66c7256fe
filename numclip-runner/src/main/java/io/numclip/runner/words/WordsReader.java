package io.numclip.runner.words;

import io.numclip.host.config.ConfigNode;
import io.numclip.host.config.ConfigProblems;
import io.numclip.host.config.RecordBinder;
import io.numclip.host.config.RecordBinder.Missing;
import io.numclip.host.config.YamlReader;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Reads candidates for words: a file of the user, or the resource {@code numclip/<task>.words.yaml} of a task. */
public final class WordsReader {

    private final PluginCatalog catalog;

    public WordsReader(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /** @throws io.numclip.data.NumClipException naming every problem at once */
    public WordsFile read(Path file) {
        return bind(YamlReader.read(file));
    }

    /** @return empty if the task has no candidates */
    public Optional<WordsFile> ofTask(String task) {
        String resource = "numclip/" + task + ".words.yaml";
        return catalog.component(ComponentKind.TASK, task)
                .resource(resource)
                .map(text -> bind(YamlReader.parse(resource, text)));
    }

    private WordsFile bind(ConfigNode.Mapping tree) {
        ConfigProblems problems = new ConfigProblems();
        WordsFile file = new RecordBinder(catalog, problems, Missing.REPORT).bind(WordsFile.class, tree);
        problems.throwIfAny();
        return Objects.requireNonNull(file);
    }
}
