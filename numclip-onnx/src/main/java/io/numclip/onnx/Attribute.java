package io.numclip.onnx;

/** A setting of an operator; the numbers of its fields are those of {@code AttributeProto} in {@code onnx.proto}. */
record Attribute(Message message) {

    private static final int NAME = 1;
    private static final int TYPE = 20;

    private static Attribute of(String name, int type, Message value) {
        return new Attribute(new Message().text(NAME, name).message(value).number(TYPE, type));
    }

    static Attribute decimal(String name, double value) {
        return of(name, 1, new Message().number(2, (float) value));
    }

    static Attribute integer(String name, long value) {
        return of(name, 2, new Message().number(3, value));
    }

    static Attribute integers(String name, long... values) {
        Message all = new Message();
        for (long value : values) {
            all.number(8, value);
        }
        return of(name, 7, all);
    }
}
