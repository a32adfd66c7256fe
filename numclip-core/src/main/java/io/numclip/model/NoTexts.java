package io.numclip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * What takes the place of text features where a model has an image tower only: NaN, so that a head that looks at them all the
 * same cannot give a number.
 *
 * @param classes K
 * @param width D
 */
public record NoTexts(int classes, int width) implements ConceptFeatures {

    @Override
    public NDArray textFeatures(NDManager scope, boolean training) {
        return scope.full(new Shape(classes, width), Float.NaN); // (K, D)
    }

    @Override
    public List<List<String>> sentences() {
        return List.of();
    }
}
