package io.numclip.model;

import io.numclip.clip.lora.Lora;
import io.numclip.clip.pixels.ClipPreprocessor;
import io.numclip.data.LabelScale;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The description of a trained model: everything besides its parameters.
 *
 * @param base the CLIP that it is built on
 * @param preprocessor how images become pixels
 * @param scale the label scale
 * @param coarseHead type and settings of the coarse head, as in the configuration of the run
 * @param fineHead type and settings of the fine head, as in the configuration of the run; this package only stores them
 * @param method name of the method that trained it
 * @param lora low-rank changes of the CLIP
 */
public record ModelDescription(
        BaseModel base,
        ClipPreprocessor preprocessor,
        LabelScale scale,
        Map<String, Object> coarseHead,
        Map<String, Object> fineHead,
        String method,
        Lora lora) {

    public ModelDescription {
        coarseHead = ordered(coarseHead);
        fineHead = ordered(fineHead);
    }

    /** Without low-rank changes. */
    public ModelDescription(
            BaseModel base,
            ClipPreprocessor preprocessor,
            LabelScale scale,
            Map<String, Object> coarseHead,
            Map<String, Object> fineHead,
            String method) {
        this(base, preprocessor, scale, coarseHead, fineHead, method, Lora.defaults());
    }

    /** A copy in the same order, which the fingerprint of a checkpoint depends on. */
    private static Map<String, Object> ordered(Map<String, Object> settings) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
