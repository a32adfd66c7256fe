package io.numclip.host.config;

import io.numclip.data.LabelScale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sees to it that the number words of the untrained CLIP fit the scale of the task. The default, whole numbers, gives way to
 * steps of the scale where there are too few or too many of them.
 *
 * @param defaults the source of settings that nobody has written
 */
record ZeroShotBinning(RecordBinder binder, ScaleCheck scales, String defaults) {

    private static final String SECTION = "zeroShot";
    private static final String BINNING = "binning";
    private static final String PATH = SECTION + "." + BINNING;

    /** The configuration that was read from the tree, with words that fit; those that the user wrote are reported instead. */
    ExperimentConfig fitted(ExperimentConfig config, ConfigNode.Mapping tree) {
        Optional<IllegalArgumentException> refusal = scales.refusal(PATH);
        if (refusal.isPresent()
                && tree.get(SECTION) instanceof ConfigNode.Mapping section
                && section.get(BINNING) instanceof ConfigNode.Mapping binning) {
            if (binning.position().source().equals(defaults)) {
                return scales.scale().map(scale -> inSteps(config, scale)).orElse(config);
            }
            if (areNeeded(config)) {
                binder.report(refusal.get(), binning, PATH);
            }
        }
        return config;
    }

    /** Other trainings may be of a model without words, which is not known before it is opened. */
    private static boolean areNeeded(ExperimentConfig config) {
        return config.classes() == ExperimentConfig.Classes.RANKS
                || !config.readerOfWords().isEmpty();
    }

    private ExperimentConfig inSteps(ExperimentConfig config, LabelScale scale) {
        Map<String, Object> steps =
                Map.of("type", "uniform", "concepts", ScaleSteps.words(scale.minimum(), scale.maximum()));
        ConfigNode.Mapping section = YamlReader.parse(defaults, YamlWriter.write(Map.of(BINNING, steps)));
        ExperimentConfig.ZeroShot changed =
                binder.record(ExperimentConfig.ZeroShot.class, config.zeroShot(), section, SECTION, Set.of());
        return changed == null ? config : Records.with(config, SECTION, changed);
    }
}
