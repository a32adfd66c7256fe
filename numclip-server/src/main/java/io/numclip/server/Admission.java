package io.numclip.server;

import io.numclip.server.request.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one door of the work: so many requests are accepted and not yet answered, and no more. Whoever does not get in is told
 * at once.
 */
final class Admission {

    private final int most;
    private final Semaphore places;
    private volatile boolean closed;

    /** @param most requests */
    Admission(int most) {
        this.most = most;
        this.places = new Semaphore(most);
    }

    /** A place that was given; leaving it twice does nothing. */
    final class Place {

        private final AtomicBoolean left = new AtomicBoolean();

        void leave() {
            if (left.compareAndSet(false, true)) {
                places.release();
            }
        }
    }

    /**
     * Spares a client that would not get in the sending of its body.
     *
     * @throws RefusedException 503 if there is no place by now
     */
    void check() {
        if (closed || places.availablePermits() == 0) {
            throw refusal();
        }
    }

    /**
     * For a request whose body has come.
     *
     * @throws RefusedException 503 if there is no place
     */
    Place enter() {
        if (!places.tryAcquire()) {
            throw refusal();
        }
        Place place = new Place();
        if (closed) {
            place.leave();
            throw stopping();
        }
        return place;
    }

    private RefusedException refusal() {
        return closed ? stopping() : busy("there are " + most + " requests already, the setting job_queue_size");
    }

    static RefusedException busy(String message) {
        return new RefusedException(
                503, "busy", message, "ask again after the seconds in Retry-After", Map.of("Retry-After", "1"));
    }

    private static RefusedException stopping() {
        return new RefusedException(
                503,
                "stopping",
                "the server is about to stop",
                "ask another one, or again after the seconds in Retry-After",
                Map.of("Retry-After", "5", "Connection", "close"));
    }

    /** Requests that are accepted and not yet answered. */
    int taken() {
        return most - places.availablePermits();
    }

    boolean isClosed() {
        return closed;
    }

    /** Lets nobody in from now on. */
    void close() {
        closed = true;
    }

    /** @return whether everybody has left in time */
    boolean awaitEmpty(Duration atMost) throws InterruptedException {
        if (!places.tryAcquire(most, atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        places.release(most);
        return true;
    }
}
