package io.numclip.host.run;

import io.numclip.clip.directory.ShippedModel;
import io.numclip.data.Invocation;
import io.numclip.host.assembly.Experiment;
import io.numclip.host.assembly.ExperimentAssembler;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Setting;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.propose.OwnWords;
import io.numclip.host.result.Versions;
import io.numclip.model.ModelDirectory;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.CacheFolder;
import io.numclip.storage.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Models that have learned from no image: an untrained CLIP, and words for numbers, put together by the method {@value #METHOD}. They
 * are kept in the cache, in folders as training writes them.
 */
public final class WordModel {

    static final String METHOD = "zero-shot-ensemble";

    private static final int DIGITS = 16;
    private static final Logger LOGGER = LoggerFactory.getLogger(WordModel.class);

    private WordModel() {}

    /**
     * The folder of a model that a user names: what is there, or that of a recipe, which is made.
     *
     * @param clip as {@link #ofRecipe} takes it
     */
    public static Path found(Path named, PluginCatalog catalog, @Nullable String clip) throws IOException {
        return isRecipe(named, catalog) ? ofRecipe(named.toString(), catalog, clip) : named;
    }

    /** Whether it names a recipe and no model: the name of a task with a recipe, or a YAML file. */
    private static boolean isRecipe(Path path, PluginCatalog catalog) {
        String name = path.toString();
        return !TrainedModel.isOne(path)
                && !ExportedModels.isOne(path)
                && (name.matches(".+\\.ya?ml")
                        || new ExperimentReader(catalog).recipes().contains(name));
    }

    /**
     * The model of a recipe. Bins that depend on labels are those of its training images, which are listed and not opened.
     *
     * @param recipe as {@link #isRecipe} knows it
     * @param clip the directory of a CLIP; null: that of the recipe
     * @return a folder to open like that of a run
     * @throws io.numclip.data.NumClipException as a training would
     */
    public static Path ofRecipe(String recipe, PluginCatalog catalog, @Nullable String clip) throws IOException {
        ExperimentConfig config = new ExperimentReader(catalog).read(recipe, settings(clip));
        try (Experiment experiment = ExperimentAssembler.assemble(config)) {
            return kept(experiment, config.taskName());
        }
    }

    /**
     * The model of a scale of one's own.
     *
     * @param words with their numbers, as {@link OwnWords#task} takes them
     * @param unit plural noun, such as {@code days}
     * @param clip the directory of a CLIP; null: the embedded one, which knows few words
     * @return a folder to open like that of a run
     * @throws io.numclip.data.NumClipException if the words or the CLIP cannot be used
     */
    public static Path ofWords(String words, String unit, PluginCatalog catalog, @Nullable String clip)
            throws IOException {
        String task = OwnWords.task(words, unit);
        ExperimentConfig config = new ExperimentReader(catalog).parse("--words", task, settings(clip));
        if (config.backbone().model().equals(ShippedModel.EMBEDDED)) {
            LOGGER.warn(
                    "the embedded CLIP knows few words but those of the recipes; for words of your own a real one is needed: '{} pull'"
                            + " lists some, and --backbone DIR names it",
                    Invocation.NAME);
        }
        try (Experiment experiment = ExperimentAssembler.ofWords(config)) {
            return kept(experiment, "words");
        }
    }

    private static List<Setting> settings(@Nullable String clip) {
        List<Setting> settings = new ArrayList<>(List.of(new Setting("method", METHOD)));
        if (clip != null) {
            settings.add(new Setting("--backbone", "backbone.model", clip));
        }
        return settings;
    }

    /** Puts an untrained model into the cache unless it is there; its name is that of the folder. */
    private static Path kept(Experiment experiment, String name) throws IOException {
        String key = new Fingerprint()
                .add(Versions.NUMCLIP)
                .add(experiment.config().toYaml())
                .add(experiment.bins().toString())
                .add(experiment.description().base().fingerprint())
                .hex();
        Path around = CacheFolder.usual().resolve("words").resolve(key.substring(0, DIGITS));
        if (!Files.isDirectory(around)) {
            AtomicFolder.write(around, fresh -> {
                Path folder = fresh.resolve(name);
                ModelDirectory.write(folder, experiment.model(), experiment.description());
                ModelDirectory.markFromWords(folder);
            });
        }
        return around.resolve(name);
    }
}
