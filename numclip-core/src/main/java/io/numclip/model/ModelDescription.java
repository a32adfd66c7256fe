package io.numclip.model;

import io.numclip.clip.ClipPreprocessor;
import io.numclip.data.LabelScale;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a trained model says about itself besides its parameters.
 *
 * @param base the CLIP underneath
 * @param preprocessor how images become pixels
 * @param scale the label scale
 * @param coarseHead type and settings of the coarse head, as the run's configuration has them
 * @param fineHead type and settings of the fine head, as the run's configuration has them; this package only keeps them
 * @param method name of the method that trained it
 */
public record ModelDescription(
        BaseModel base,
        ClipPreprocessor preprocessor,
        LabelScale scale,
        Map<String, Object> coarseHead,
        Map<String, Object> fineHead,
        String method) {

    public ModelDescription {
        coarseHead = ordered(coarseHead);
        fineHead = ordered(fineHead);
    }

    /** A copy in the same order, which checkpoints compare. */
    private static Map<String, Object> ordered(Map<String, Object> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
