package io.numclip.server.request;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The body of a request, in pieces as it has come. It is read once: what has been read needs no memory any more. */
public final class Body {

    private static final int LEAST_PIECE = 1 << 10;
    private static final int MOST_PIECE = 64 << 10;

    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private int size;

    /** A body that has come. */
    public static Body of(byte[] content) {
        Body body = new Body();
        body.add(ByteBuffer.wrap(content));
        return body;
    }

    /** @return bytes of memory that it takes beyond those that it had */
    public int add(ByteBuffer content) {
        int taken = 0;
        while (content.hasRemaining()) {
            if (pieces.isEmpty() || !pieces.getLast().hasRemaining()) {
                ByteBuffer next = ByteBuffer.allocate(Math.max(LEAST_PIECE, Math.min(MOST_PIECE, size)));
                pieces.add(next);
                taken += next.capacity();
            }
            ByteBuffer piece = pieces.getLast();
            ByteBuffer part = content.slice(content.position(), Math.min(content.remaining(), piece.remaining()));
            content.position(content.position() + part.remaining());
            size += part.remaining();
            piece.put(part);
        }
        return taken;
    }

    /** Bytes that have come. */
    public int size() {
        return size;
    }

    /** Forgets what has come. */
    public void clear() {
        pieces.clear();
    }

    /** What is left of it, which is read by this. */
    InputStream stream() {
        pieces.forEach(ByteBuffer::flip);
        return new InputStream() {
            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int start, int most) {
                ByteBuffer piece = pieces.peek();
                if (piece == null) {
                    return -1;
                }
                int count = Math.min(most, piece.remaining());
                piece.get(into, start, count);
                if (!piece.hasRemaining()) {
                    pieces.remove();
                }
                return count;
            }
        };
    }

    /** All of it, which is read by this. */
    byte[] bytes() {
        byte[] bytes = new byte[size];
        int end = 0;
        for (ByteBuffer piece = pieces.poll(); piece != null; piece = pieces.poll()) {
            int length = piece.flip().remaining();
            piece.get(bytes, end, length);
            end += length;
        }
        return bytes;
    }
}
