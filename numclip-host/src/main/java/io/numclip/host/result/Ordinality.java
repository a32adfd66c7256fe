package io.numclip.host.result;

import io.numclip.evaluation.PrototypeOrdinality;
import io.numclip.model.NumClipModel;
import java.util.OptionalDouble;

/** How well a model's prototypes reflect the order of its number concepts. */
public final class Ordinality {

    private Ordinality() {}

    /** The ordinality; empty if the model has no words. */
    public static OptionalDouble of(NumClipModel model) {
        if (!model.imageTower().config().hasText()) {
            return OptionalDouble.empty();
        }
        float[] prototypes = model.prototypes().toFloatArray(); // (K, D)
        return OptionalDouble.of(
                PrototypeOrdinality.of(prototypes, model.bins().size()).orElseThrow());
    }
}
