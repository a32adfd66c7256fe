package io.numclip.clip.tower;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** Checks the inputs of a tower, for which native code would give misleading messages. */
final class Shapes {

    private Shapes() {}

    /** @param expected -1 stands for any number */
    static void require(String what, NDArray array, Shape expected) {
        Shape found = array.getShape();
        boolean fits = found.dimension() == expected.dimension();
        for (int i = 0; fits && i < expected.dimension(); i++) {
            fits = expected.get(i) == -1 || expected.get(i) == found.get(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("%s: shape %s, expected %s".formatted(what, found, expected));
        }
    }
}
