package io.numclip.training.optimizer;

import io.numclip.model.Part;
import io.numclip.spi.InvalidSettingException;
import java.util.function.ToDoubleFunction;

/**
 * One learning rate for each part of the network; 0 = frozen.
 *
 * @param layerDecay learning rate of a tower's layer as a share of the next layer's; 1 = the same for all (layer-wise
 *     decay: Clark et al., ELECTRA, ICLR 2020)
 * @param factor on all of these rates
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
        double layerDecay,
        double factor) {

    /** The optimizer computes in 32 bits, whose numbers end at 3.4e38, and with ten times a rate. */
    private static final double LARGEST = 1e30;

    private static final double LARGEST_FACTOR = 1e6;

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
            throw new InvalidSettingException("layerDecay", "must be above 0 and at most 1; found " + layerDecay);
        }
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new InvalidSettingException("factor", "must be a positive number; found " + factor);
        }
        atMost(LARGEST_FACTOR, "factor", factor);
    }

    /** Nothing is trained. */
    public static LearningRates frozen() {
        return new LearningRates(0, 0, 0, 0, 0, 0, 0, 0, 1, 1);
    }

    /** What the published code uses for age: 1e-5 for all except text encoder, context and logit scale. */
    public static LearningRates defaults() {
        double rate = 1e-5;
        return frozen().with(Part.IMAGE_ENCODER, rate)
                .with(Part.ADAPTER, rate)
                .with(Part.CONCEPTS, rate)
                .with(Part.COARSE_HEAD, rate)
                .with(Part.FINE_HEAD, rate);
    }

    /** A copy with another rate for one part. */
    public LearningRates with(Part part, double rate) {
        ToDoubleFunction<Part> rates = each -> each == part ? rate : given(each);
        return new LearningRates(
                rates.applyAsDouble(Part.IMAGE_ENCODER),
                rates.applyAsDouble(Part.TEXT_ENCODER),
                rates.applyAsDouble(Part.ADAPTER),
                rates.applyAsDouble(Part.CONTEXT),
                rates.applyAsDouble(Part.CONCEPTS),
                rates.applyAsDouble(Part.COARSE_HEAD),
                rates.applyAsDouble(Part.FINE_HEAD),
                rates.applyAsDouble(Part.LOGIT_SCALE),
                layerDecay,
                factor);
    }

    public LearningRates withLayerDecay(double decay) {
        return new LearningRates(
                imageEncoder, textEncoder, adapter, context, concepts, coarseHead, fineHead, logitScale, decay, factor);
    }

    public LearningRates withFactor(double other) {
        return new LearningRates(
                imageEncoder,
                textEncoder,
                adapter,
                context,
                concepts,
                coarseHead,
                fineHead,
                logitScale,
                layerDecay,
                other);
    }

    /** The rate that a part is trained with. */
    public double of(Part part) {
        return factor * given(part);
    }

    private double given(Part part) {
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
            throw new InvalidSettingException(part, "must be 0 (frozen) or a positive number; found " + rate);
        }
        atMost(LARGEST, part, rate);
    }

    private static void atMost(double limit, String name, double value) {
        if (value > limit) {
            throw new InvalidSettingException(name, "must be at most " + limit + "; found " + value);
        }
    }
}
