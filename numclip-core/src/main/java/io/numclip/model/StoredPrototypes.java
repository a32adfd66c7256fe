package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/** Text features that training stored, so that prediction never runs the text tower. */
record StoredPrototypes(NDArray prototypes, List<List<String>> sentences) implements ConceptFeatures {

    @Override
    public NDArray textFeatures(NDManager scope, boolean training) {
        return ScopedParameters.view(prototypes, scope); // (K, D)
    }
}
