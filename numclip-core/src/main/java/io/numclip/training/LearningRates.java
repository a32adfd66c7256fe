package io.numclip.training;

import io.numclip.model.Part;

/**
 * One learning rate for each part of the network; 0 = frozen.
 *
 * @param layerDecay what a layer of a tower learns by, as a share of the layer after it; 1 = all alike (layer-wise decay:
 *     Clark et al., ELECTRA, ICLR 2020)
 */
public record LearningRates(
        double imageEncoder,
        double textEncoder,
        double adapter,
        double context,
        double concepts,
        double coarseHead,
        double fineHead,
        double logitScale,
        double layerDecay) {

    public LearningRates {
        check("imageEncoder", imageEncoder);
        check("textEncoder", textEncoder);
        check("adapter", adapter);
        check("context", context);
        check("concepts", concepts);
        check("coarseHead", coarseHead);
        check("fineHead", fineHead);
        check("logitScale", logitScale);
        if (!(layerDecay > 0 && layerDecay <= 1)) {
            throw new IllegalArgumentException("layerDecay must be above 0 and at most 1; found " + layerDecay);
        }
    }

    /** What the published code uses for age: 1e-5 for all but text encoder, context and logit scale. */
    public static LearningRates defaults() {
        return new LearningRates(1e-5, 0, 1e-5, 0, 1e-5, 1e-5, 1e-5, 0, 1);
    }

    public double of(Part part) {
        return switch (part) {
            case IMAGE_ENCODER -> imageEncoder;
            case TEXT_ENCODER -> textEncoder;
            case ADAPTER -> adapter;
            case CONTEXT -> context;
            case CONCEPTS -> concepts;
            case COARSE_HEAD -> coarseHead;
            case FINE_HEAD -> fineHead;
            case LOGIT_SCALE -> logitScale;
        };
    }

    private static void check(String part, double rate) {
        if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(part + " must be 0 (frozen) or a positive number; found " + rate);
        }
    }
}
