package io.numclip.runner.pull;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The content of an answer, piece by piece. Unlike the stream of the JDK it ends when the thread is interrupted, and when
 * the server says nothing for too long.
 */
final class AnswerBody implements HttpResponse.BodySubscriber<AnswerBody>, AutoCloseable {

    /** The network has failed in the middle of an answer; not the disk. */
    static final class CutException extends IOException {

        private static final long serialVersionUID = 1L;

        CutException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /** Bytes, or the end of them, which may be a failure. */
    private record Piece(
            List<ByteBuffer> bytes, boolean last, @Nullable Throwable failure) {}

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>(); // one at a time is asked for
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private final Duration silence;
    private volatile boolean closed;

    /** @param silence how long a piece is waited for */
    AnswerBody(Duration silence) {
        this.silence = silence;
    }

    /** @return no bytes at the end */
    List<ByteBuffer> next() throws CutException, InterruptedException {
        Piece piece = pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        if (piece == null) {
            throw new CutException("nothing has come for " + silence.toSeconds() + " s", null);
        }
        if (piece.failure() != null) {
            throw new CutException("the connection was cut", piece.failure());
        }
        if (piece.last()) {
            pieces.add(piece);
            return List.of();
        }
        ask();
        return piece.bytes();
    }

    private void ask() {
        Subscription known = subscription.get();
        if (known != null) {
            known.request(1);
        }
    }

    @Override
    public CompletionStage<AnswerBody> getBody() {
        return CompletableFuture.completedFuture(this); // before the bytes are here
    }

    @Override
    public void onSubscribe(Subscription asked) {
        subscription.set(asked);
        if (closed) {
            asked.cancel();
        } else {
            asked.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        pieces.add(new Piece(bytes, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), true, null));
    }

    /** Ends the connection if there is more to come. */
    @Override
    public void close() {
        closed = true;
        Subscription known = subscription.get();
        if (known != null) {
            known.cancel();
        }
    }
}
