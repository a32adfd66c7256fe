package io.numclip.server;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/** Reads what is left of a body, and forgets it. No thread waits for it. */
final class Discard implements Runnable {

    private final Request request;
    private final long most;
    private final Callback done;
    private long read;

    /** @param most bytes; a longer body ends with its connection */
    Discard(Request request, long most, Callback done) {
        this.request = request;
        this.most = most;
        this.done = done;
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            read += chunk.remaining();
            chunk.release();
            if (chunk.isLast() || Content.Chunk.isFailure(chunk) || read > most) {
                done.succeeded();
                return;
            }
        }
    }
}
