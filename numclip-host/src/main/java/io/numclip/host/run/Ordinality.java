package io.numclip.host.run;

import io.numclip.evaluation.PrototypeOrdinality;
import io.numclip.model.NumClipModel;

/** How well a model's prototypes reflect the order of its number concepts. */
final class Ordinality {

    private Ordinality() {}

    static double of(NumClipModel model) {
        float[] prototypes = model.prototypes().toFloatArray(); // (K, D)
        return PrototypeOrdinality.of(prototypes, model.bins().size()).orElseThrow();
    }
}
