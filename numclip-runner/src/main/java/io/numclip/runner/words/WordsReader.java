package io.numclip.runner.words;

import io.numclip.host.config.RecordBinder;
import io.numclip.host.config.YamlReader;
import io.numclip.host.plugin.ComponentKind;
import io.numclip.host.plugin.PluginCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Reads candidates for words: a file of the user, or the resource {@code numclip/<task>.words.yaml} of a task. */
public final class WordsReader {

    private static final String VOCABULARY = "vocabulary.yaml";

    private final PluginCatalog catalog;

    public WordsReader(PluginCatalog catalog) {
        this.catalog = catalog;
    }

    /** @throws io.numclip.data.NumClipException naming every problem at once */
    public WordsFile read(Path file) {
        return RecordBinder.read(catalog, WordsFile.class, YamlReader.read(file));
    }

    /** @return empty if the task has no candidates */
    public Optional<WordsFile> ofTask(String task) {
        String resource = "numclip/" + task + ".words.yaml";
        return catalog.component(ComponentKind.TASK, task)
                .resource(resource)
                .map(text -> RecordBinder.read(catalog, WordsFile.class, YamlReader.parse(resource, text)));
    }

    /** The words that come with the program. */
    public Vocabulary vocabulary() throws IOException {
        try (InputStream text = Objects.requireNonNull(WordsReader.class.getResourceAsStream(VOCABULARY), VOCABULARY)) {
            return RecordBinder.read(
                    catalog,
                    Vocabulary.class,
                    YamlReader.parse(VOCABULARY, new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }
}
