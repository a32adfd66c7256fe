package io.numclip.onnx;

import io.numclip.storage.ProtobufMessage;

/** A setting of an operator; the numbers of its fields are those of {@code AttributeProto} in {@code onnx.proto}. */
record Attribute(ProtobufMessage message) {

    private static final int NAME = 1;
    private static final int TYPE = 20;

    private static Attribute of(String name, int type, ProtobufMessage value) {
        return new Attribute(
                new ProtobufMessage().text(NAME, name).message(value).number(TYPE, type));
    }

    static Attribute decimal(String name, double value) {
        return of(name, 1, new ProtobufMessage().number(2, (float) value));
    }

    static Attribute integer(String name, long value) {
        return of(name, 2, new ProtobufMessage().number(3, value));
    }

    static Attribute integers(String name, long... values) {
        ProtobufMessage all = new ProtobufMessage();
        for (long value : values) {
            all.number(8, value);
        }
        return of(name, 7, all);
    }
}
