package io.numclip.server;

import io.numclip.server.request.RefusedException;
import io.numclip.server.request.RequestBody;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A body on its way: not too many bytes, and not too slowly. No thread waits for it. */
final class Arrival implements Runnable {

    /** Fewer, and the client holds the body back; modems of old had more. */
    private static final int LEAST_BYTES_PER_SECOND = 1 << 10;

    private final Request request;
    private final ServerLimits limits;
    private final BodyMemory memory;
    private final Deadlines deadlines;
    private final Consumer<RequestBody> arrived;
    private final Consumer<RefusedException> refused;
    private final long start = System.nanoTime();
    private final RequestBody body = new RequestBody();
    private long taken;
    private boolean givenUp;

    /**
     * @param arrived is given the body when all of it is there
     * @param refused is told 400, 408, 413 or 503 otherwise
     */
    Arrival(
            Request request,
            ServerLimits limits,
            BodyMemory memory,
            Deadlines deadlines,
            Consumer<RequestBody> arrived,
            Consumer<RefusedException> refused) {
        this.request = request;
        this.limits = limits;
        this.memory = memory;
        this.deadlines = deadlines;
        this.arrived = arrived;
        this.refused = refused;
        memory.begun(this);
        deadlines.arriving(request, patience());
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            RefusedException problem = problem(chunk);
            boolean last = chunk.isLast();
            chunk.release();
            if (problem != null || last) {
                end(problem);
                return;
            }
        }
    }

    private void end(@Nullable RefusedException problem) {
        deadlines.received(request);
        boolean isWhole = memory.arrived(this);
        if (problem == null && isWhole) {
            arrived.accept(body);
        } else {
            free();
            refused.accept(problem == null ? noMemory() : problem);
        }
    }

    private @Nullable RefusedException problem(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            return chunk.getFailure() instanceof TimeoutException ? tooSlow() : incomplete();
        }
        if (chunk.remaining() > limits.bodyBytes() - body.size()) {
            return tooLarge(limits.bodyBytes());
        }
        if (!keep(chunk.getByteBuffer())) {
            return noMemory();
        }
        if (isOlderThan(patience())) {
            return tooSlow();
        }
        deadlines.arriving(request, patience().minusNanos(System.nanoTime() - start));
        return null;
    }

    /** How long it may take, by what has come. */
    private Duration patience() {
        Duration atLeastRate = limits.idle().plusSeconds(body.size() / LEAST_BYTES_PER_SECOND);
        return atLeastRate.compareTo(limits.request()) < 0 ? atLeastRate : limits.request();
    }

    boolean isOlderThan(Duration age) {
        return System.nanoTime() - start > age.toNanos();
    }

    /** @return whether there was memory for it */
    private boolean keep(ByteBuffer content) {
        int bytes = add(content);
        return bytes == 0 || hold(memory.take(bytes, body.size()));
    }

    private synchronized int add(ByteBuffer content) {
        return body.add(content);
    }

    private synchronized boolean hold(long more) {
        taken += more;
        return more > 0 && !givenUp;
    }

    /** Gives the memory back; the client is told when it sends on. */
    synchronized void giveUp() {
        givenUp = true;
        free();
    }

    /** Gives the memory back. */
    synchronized void free() {
        memory.arrived(this);
        body.clear();
        memory.free(taken);
        taken = 0;
    }

    private static RefusedException noMemory() {
        return Admission.busy("the bodies of the requests fill the memory that is meant for them");
    }

    static RefusedException tooLarge(long most) {
        return new RefusedException(
                413,
                "too_large",
                "the body has more than " + most + " bytes, the limit http.bodyBytes",
                "send smaller images, or fewer at once");
    }

    private static RefusedException tooSlow() {
        return new RefusedException(
                408,
                "too_slow",
                "the body did not arrive in time",
                "send it again, faster",
                Map.of("Connection", "close"));
    }

    private static RefusedException incomplete() {
        return new RefusedException(
                400, "incomplete", "the body has ended too early, or its chunks are damaged", "send it again, whole");
    }
}
