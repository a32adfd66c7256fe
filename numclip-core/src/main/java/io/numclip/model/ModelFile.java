package io.numclip.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.numclip.clip.Precision;
import io.numclip.clip.lora.Lora;
import io.numclip.clip.tower.FeatureLayout;
import io.numclip.clip.tower.ImageTower;
import io.numclip.data.Bin;
import io.numclip.data.Bins;
import io.numclip.data.LabelScale;
import io.numclip.uncertainty.adjustment.Adjustment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The content of {@code numclip.json}. Its component names are the keys.
 *
 * @param bins the classes of the heads
 * @param method null in a model written before methods existed
 * @param concepts the number concepts of predictions; null: the bins
 * @param lora low-rank changes of the CLIP; null: there are none
 * @param prompts of each class in all wordings, in words, as they were before training; null in a model written before they were
 *     kept, or without words
 * @param precision {@code int8} where the model was trained on such features; null: any other
 * @param features what heads get that compare with no words; null: the vectors of the joint space
 * @param adjustment of numbers, where the model was recalibrated; null: it was not
 * @param fromWords whether it has learned from no image; null: it has
 */
record ModelFile(
        int formatVersion,
        Base base,
        Scale scale,
        List<Concept> bins,
        int embedDim,
        double logitScale,
        ImageAdapter.Config adapter,
        @Nullable Map<String, Object> coarseHead,
        Map<String, Object> fineHead,
        @Nullable String method,
        @Nullable List<Concept> concepts,
        @Nullable Lora lora,
        @Nullable List<List<String>> prompts,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Precision precision,
        @JsonInclude(JsonInclude.Include.NON_NULL) FeatureLayout.@Nullable Choice features,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Adjustment adjustment,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean fromWords) {

    static final int FORMAT_VERSION = 1;

    private static final int WIDEST = 8192;

    /** The coarse head of models written before there was a choice. */
    private static final Map<String, Object> FIRST_COARSE_HEAD = Map.of("type", "image-text");

    /** The base CLIP. */
    record Base(String reference, String fingerprint) {}

    /** A label scale; whether its numbers are whole is null for no. */
    record Scale(
            double minimum,
            double maximum,
            String unit,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean wholeNumbers) {

        static Scale of(LabelScale scale) {
            return new Scale(scale.minimum(), scale.maximum(), scale.unit(), scale.wholeNumbers() ? true : null);
        }

        LabelScale labels() {
            return new LabelScale(minimum, maximum, unit, Boolean.TRUE.equals(wholeNumbers));
        }
    }

    /** A bin. */
    record Concept(String concept, double lower, double upper, double anchor) {

        static List<Concept> of(Bins bins) {
            return bins.list().stream()
                    .map(bin -> new Concept(bin.concept(), bin.lower(), bin.upper(), bin.anchor()))
                    .toList();
        }

        static Bins bins(List<Concept> concepts) {
            return new Bins(concepts.stream()
                    .map(bin -> new Bin(bin.concept(), bin.lower(), bin.upper(), bin.anchor()))
                    .toList());
        }
    }

    static ModelFile of(NumClipModel model, ModelDescription description) {
        return new ModelFile(
                FORMAT_VERSION,
                new Base(description.base().reference(), description.base().fingerprint()),
                Scale.of(description.scale()),
                Concept.of(model.bins()),
                model.imageTower().embedDim(),
                Math.exp(model.imageTower().logitScale().getArray().getFloat()),
                model.adapter().config(),
                description.coarseHead(),
                description.fineHead(),
                description.method(),
                model.bins().equals(model.concepts()) ? null : Concept.of(model.concepts()),
                description.lora().hasRank() ? description.lora().withoutStart() : null,
                model.sentences().isEmpty() ? null : model.sentences(),
                stamp(model.imageTower()),
                model.imageTower().layout().hasMore()
                        ? model.imageTower().layout().choice()
                        : null,
                null,
                null);
    }

    /** Features in 16 bits are close to those in float32; features in int8 are others. */
    private static @Nullable Precision stamp(ImageTower tower) {
        return tower.precision() == Precision.INT8 ? Precision.INT8 : null;
    }

    /** The same on another base, which has the changes of the CLIP already. */
    ModelFile on(BaseModel other) {
        return new ModelFile(
                formatVersion,
                new Base(other.reference(), other.fingerprint()),
                scale,
                bins,
                embedDim,
                logitScale,
                adapter,
                coarseHead,
                fineHead,
                method,
                concepts,
                null,
                prompts,
                precision,
                features,
                adjustment,
                fromWords);
    }

    /**
     * This file, of which Jackson has checked only the types: what it lacks is null.
     *
     * @throws IllegalArgumentException with the key that is wrong
     */
    ModelFile checked() {
        require("base", base);
        require("base/reference", base.reference());
        require("base/fingerprint", base.fingerprint());
        require("scale", scale);
        require("scale/unit", scale.unit());
        scale.labels();
        checkConcepts("bins", require("bins", bins));
        require("adapter", adapter);
        require("fineHead", fineHead);
        if (concepts != null) {
            checkConcepts("concepts", concepts);
        }
        if (prompts != null) {
            checkPrompts(prompts);
        }
        if (embedDim < 1 || embedDim > WIDEST) {
            throw new IllegalArgumentException("embedDim: expected 1…" + WIDEST + ", found " + embedDim);
        }
        if (!(logitScale > 0 && logitScale < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("logitScale: expected a positive number, found " + logitScale);
        }
        return this;
    }

    private static <T> T require(String key, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(key + ": is missing");
        }
        return value;
    }

    private void checkPrompts(List<List<String>> prompts) {
        if (prompts.size() != bins.size()) {
            throw new IllegalArgumentException(
                    "prompts: expected those of " + bins.size() + " classes, found " + prompts.size());
        }
        for (int k = 0; k < prompts.size(); k++) {
            List<String> wordings = require("prompts/" + k, prompts.get(k));
            for (int t = 0; t < wordings.size(); t++) {
                require("prompts/" + k + "/" + t, wordings.get(t));
            }
        }
    }

    private static void checkConcepts(String key, List<Concept> concepts) {
        for (int i = 0; i < concepts.size(); i++) {
            require(
                    key + "/" + i + "/concept",
                    require(key + "/" + i, concepts.get(i)).concept());
        }
        try {
            Concept.bins(concepts);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }

    /** (K); empty where they are not known. */
    List<List<String>> sentences() {
        return prompts == null ? List.of() : prompts;
    }

    Precision trainedPrecision() {
        return precision == null ? Precision.AUTO : precision;
    }

    FeatureLayout.Choice chosenFeatures() {
        return features == null ? FeatureLayout.Choice.PROJECTED : features;
    }

    Map<String, Object> chosenCoarseHead() {
        return coarseHead == null ? FIRST_COARSE_HEAD : coarseHead;
    }

    Bins toBins() {
        return Concept.bins(bins);
    }

    Bins toConcepts() {
        return Concept.bins(concepts == null ? bins : concepts);
    }
}
