package io.numclip.clip.text;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the fields of a protocol buffer one after the other; the caller reads or skips the value of each. */
final class ProtocolBuffer {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final ByteBuffer buffer;
    private int field;
    private int type;

    ProtocolBuffer(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private ProtocolBuffer(ByteBuffer buffer) {
        this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field; false at the end. */
    boolean next() {
        if (!buffer.hasRemaining()) {
            return false;
        }
        long key = number();
        field = (int) (key >>> 3);
        type = (int) (key & 7);
        return true;
    }

    int field() {
        return field;
    }

    long varint() {
        require(VARINT);
        return number();
    }

    float fixed32() {
        require(FIXED32);
        try {
            return buffer.getFloat();
        } catch (BufferUnderflowException e) {
            throw early();
        }
    }

    byte[] bytes() {
        byte[] bytes = new byte[length()];
        buffer.get(bytes);
        return bytes;
    }

    ProtocolBuffer message() {
        int length = length();
        ProtocolBuffer message = new ProtocolBuffer(buffer.slice(buffer.position(), length));
        buffer.position(buffer.position() + length);
        return message;
    }

    void skip() {
        int length = switch (type) {
            case VARINT -> {
                number();
                yield 0;
            }
            case FIXED64 -> Long.BYTES;
            case FIXED32 -> Integer.BYTES;
            default -> length();
        };
        if (length > buffer.remaining()) {
            throw early();
        }
        buffer.position(buffer.position() + length);
    }

    private int length() {
        require(BYTES);
        long length = number();
        if (length < 0 || length > buffer.remaining()) {
            throw early();
        }
        return (int) length;
    }

    private void require(int expected) {
        if (type != expected) {
            throw new IllegalArgumentException("field " + field + " has type " + type + ", expected " + expected);
        }
    }

    private long number() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!buffer.hasRemaining()) {
                throw early();
            }
            byte part = buffer.get();
            value |= (long) (part & 0x7f) << shift;
            if (part >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has more than 64 bits");
    }

    private static IllegalArgumentException early() {
        return new IllegalArgumentException("it ends early");
    }
}
