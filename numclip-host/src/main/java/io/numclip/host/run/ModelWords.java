package io.numclip.host.run;

import io.numclip.data.NumClipException;
import io.numclip.host.assembly.Components;
import io.numclip.host.assembly.Ranks;
import io.numclip.host.config.ExperimentConfig;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.plugin.PluginCatalog;
import io.numclip.host.result.RunFolder;
import io.numclip.model.ConceptWords;
import io.numclip.model.NumClipModel;
import io.numclip.model.PromptSentences;
import io.numclip.spi.NumberPrompts;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds the prompts that a trained model compares images with. A model of an earlier version does not keep them; the
 * configuration of its run says which they were.
 *
 * @param directory of the model, in the folder of its run
 */
record ModelWords(NumClipModel model, Path directory, PluginCatalog catalog) {

    static ConceptWords notRead() {
        return ConceptWords.none("the words: the method compares images with none");
    }

    ConceptWords find() {
        List<List<String>> kept = model.sentences();
        if (!kept.isEmpty()) {
            return ConceptWords.of(kept);
        }
        Path run = directory.toAbsolutePath().resolveSibling("");
        try {
            return RunFolder.isRun(run) ? ConceptWords.of(configured(run)) : unknown("");
        } catch (NumClipException e) {
            return unknown("; those of the run are not known: " + e.getMessage());
        }
    }

    private static ConceptWords unknown(String why) {
        return ConceptWords.none(
                "the words: the model does not keep them; it was trained with an earlier version" + why);
    }

    private List<List<String>> configured(Path run) {
        String file = RunFolder.open(run).config().toString();
        ExperimentConfig config = new ExperimentReader(catalog).read(file, List.of());
        NumberPrompts wording = Components.prompts(config.prompts());
        boolean isByRank = config.classes() == ExperimentConfig.Classes.RANKS;
        NumberPrompts ofClasses = isByRank ? new Ranks(config.zeroShot(), model.scale()).wording(wording) : wording;
        return PromptSentences.of(ofClasses, model.bins()).texts();
    }
}
