package io.numclip.head;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;

/** A parameter that starts at 0. */
final class ZeroParameter {

    private ZeroParameter() {}

    static Parameter of(String name, Shape shape) {
        return Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.BIAS) // starts at 0
                .optShape(shape)
                .build();
    }
}
