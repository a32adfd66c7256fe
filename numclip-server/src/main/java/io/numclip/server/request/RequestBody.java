package io.numclip.server.request;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/** The body of a request, in pieces as it has come. */
public final class RequestBody {

    private static final int LEAST_PIECE = 1 << 10;
    private static final int MOST_PIECE = 64 << 10;

    private final Deque<ByteBuffer> pieces = new ArrayDeque<>();
    private int size;

    /** A body that has come. */
    public static RequestBody of(byte[] content) {
        RequestBody body = new RequestBody();
        body.add(ByteBuffer.wrap(content));
        return body;
    }

    /** @return bytes of memory that it takes beyond those that it had */
    public int add(ByteBuffer content) {
        int taken = 0;
        while (content.hasRemaining()) {
            if (pieces.isEmpty() || !pieces.getLast().hasRemaining()) {
                pieces.add(ByteBuffer.allocate(Math.max(LEAST_PIECE, Math.min(MOST_PIECE, size))));
                taken += pieces.getLast().capacity();
            }
            ByteBuffer piece = pieces.getLast();
            int length = Math.min(content.remaining(), piece.remaining());
            piece.put(content.slice(content.position(), length));
            content.position(content.position() + length);
            size += length;
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

    /** All of it, and then it is empty. */
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
