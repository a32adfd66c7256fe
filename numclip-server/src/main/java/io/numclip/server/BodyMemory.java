package io.numclip.server;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that requests may take, from their first byte to their answer. A body is counted as it comes, whatever length it
 * announces, and several times: it becomes images beside the bytes, and these are copied where they are decoded from Base64.
 */
final class BodyMemory {

    /** A body takes at most this many times its size while it is read, in the form that takes most. */
    private static final int TIMES = 3;

    private static final int SHARE_OF_SMALL = 8; // that large bodies leave to others
    private static final int SMALL = 64 << 10;
    private static final Duration UNDISTURBED = Duration.ofSeconds(1);

    private final long all;
    private final AtomicLong free;
    private final Queue<Arrival> arriving = new ConcurrentLinkedQueue<>(); // from the first that has begun

    BodyMemory(long bytes) {
        this.all = bytes;
        this.free = new AtomicLong(bytes);
    }

    /** The longest body that fits in, alone. */
    int longest() {
        return (int) Math.min(Integer.MAX_VALUE, (all - all / SHARE_OF_SMALL) / TIMES);
    }

    /** Bytes of memory that are taken. */
    long taken() {
        return all - free.get();
    }

    void begun(Arrival arrival) {
        arriving.add(arrival);
    }

    /** It will take no more. @return whether it keeps what it has: it has not lost that to others */
    boolean arrived(Arrival arrival) {
        return arriving.remove(arrival);
    }

    /**
     * Takes memory for some more bytes of a body. Where there is none, bodies that have been on their way for longer than a
     * client needs that does not hold them back lose theirs.
     *
     * @param size of the body by now
     * @return how much was taken; 0: there is none
     */
    long take(int bytes, int size) {
        long wanted = (long) TIMES * bytes;
        long left = size > SMALL ? all / SHARE_OF_SMALL : 0;
        while (!take(wanted, left)) {
            Arrival first = arriving.peek();
            if (first == null || !first.isOlderThan(UNDISTURBED)) {
                return 0;
            }
            if (arrived(first)) {
                first.giveUp();
            }
        }
        return wanted;
    }

    private boolean take(long wanted, long left) {
        long now = free.get();
        while (now - wanted >= left) {
            if (free.compareAndSet(now, now - wanted)) {
                return true;
            }
            now = free.get();
        }
        return false;
    }

    void free(long taken) {
        free.addAndGet(taken);
    }
}
