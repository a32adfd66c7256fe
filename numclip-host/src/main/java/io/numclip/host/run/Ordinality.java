package io.numclip.host.run;

import io.numclip.evaluation.PrototypeOrdinality;
import io.numclip.model.NumClipModel;

/** How well the order of a model's number concepts shows in its prototypes. */
final class Ordinality {

    private Ordinality() {}

    static double of(NumClipModel model) {
        float[] prototypes = model.prototypes().toFloatArray(); // (K, D)
        return PrototypeOrdinality.of(prototypes, model.bins().size()).orElseThrow();
    }
}
