package io.numclip.server;

import io.numclip.server.request.RefusedException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one door of the work: so many requests are accepted and not yet answered, with so many bytes of bodies, and no more.
 * Whoever does not get in is told at once.
 */
final class Admission {

    private static final int KILO = 1024;

    private final int most;
    private final int mostKilobytes;
    private final Semaphore places;
    private final Semaphore kilobytes;
    private volatile boolean closed;

    /**
     * @param most requests
     * @param mostBytes of their bodies
     */
    Admission(int most, long mostBytes) {
        this.most = most;
        this.mostKilobytes = (int) Math.min(Integer.MAX_VALUE, mostBytes / KILO + 1);
        this.places = new Semaphore(most);
        this.kilobytes = new Semaphore(mostKilobytes);
    }

    /** A place that was given; leaving it twice does nothing. */
    final class Place {

        private final int size;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(int size) {
            this.size = size;
        }

        void leave() {
            if (left.compareAndSet(false, true)) {
                kilobytes.release(size);
                places.release();
            }
        }
    }

    /**
     * @param bytes of the body
     * @throws RefusedException 503 if there is no place
     */
    Place enter(long bytes) {
        if (!places.tryAcquire()) {
            throw closed ? stopping() : busy("there are " + most + " requests already, the setting job_queue_size");
        }
        int size = (int) Math.min(mostKilobytes, bytes / KILO + 1);
        if (!kilobytes.tryAcquire(size)) {
            places.release();
            throw busy("the bodies of the requests fill the memory that is meant for them");
        }
        Place place = new Place(size);
        if (closed) {
            place.leave();
            throw stopping();
        }
        return place;
    }

    private static RefusedException busy(String message) {
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

    /** From now on nobody gets in. */
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
