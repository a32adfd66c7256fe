package io.numclip.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A protocol buffer in the making, field by field, in the <a
 * href="https://protobuf.dev/programming-guides/encoding/">wire format</a>. What is large is made only while it is written.
 */
public final class ProtobufMessage {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    /** Bytes whose number is known before they are. */
    public interface Content {
        long size();

        void writeTo(OutputStream out) throws IOException;
    }

    /** Bytes that are there. */
    public static final class Known implements Content {

        private final byte[] bytes;

        public Known(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    private final List<Content> parts = new ArrayList<>();
    private long size;

    public ProtobufMessage number(int field, long value) {
        key(field, VARINT);
        return varint(value);
    }

    public ProtobufMessage number(int field, float value) {
        key(field, FIXED32);
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return add(new Known(bytes.putFloat(0, value).array()));
    }

    public ProtobufMessage number(int field, double value) {
        key(field, FIXED64);
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return add(new Known(bytes.putDouble(0, value).array()));
    }

    public ProtobufMessage text(int field, String value) {
        return content(field, new Known(value.getBytes(StandardCharsets.UTF_8)));
    }

    public ProtobufMessage content(int field, Content value) {
        key(field, BYTES);
        varint(value.size());
        return add(value);
    }

    public ProtobufMessage message(int field, ProtobufMessage value) {
        key(field, BYTES);
        return varint(value.size).message(value);
    }

    /** The fields of another message. */
    public ProtobufMessage message(ProtobufMessage value) {
        parts.addAll(value.parts);
        size += value.size;
        return this;
    }

    /** Number of bytes. */
    public long size() {
        return size;
    }

    public void writeTo(OutputStream out) throws IOException {
        for (Content part : parts) {
            part.writeTo(out);
        }
    }

    private void key(int field, int type) {
        varint(((long) field << 3) | type);
    }

    private ProtobufMessage varint(long value) {
        byte[] bytes = new byte[Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7)];
        for (int i = 0; i < bytes.length; i++) {
            boolean isLast = i == bytes.length - 1;
            bytes[i] = (byte) (((value >>> (7 * i)) & 0x7f) | (isLast ? 0 : 0x80));
        }
        return add(new Known(bytes));
    }

    private ProtobufMessage add(Content part) {
        parts.add(part);
        size += part.size();
        return this;
    }
}
