package io.numclip.runner.terminal;

import java.util.function.LongSupplier;

/** How long nothing has been said: a line of progress comes when it is half a minute. */
public final class HalfMinute {

    private static final long NANOS = 30_000_000_000L;

    private final LongSupplier clock;
    private long start;

    public HalfMinute() {
        this(System::nanoTime);
    }

    /** @param clock counts nanoseconds */
    public HalfMinute(LongSupplier clock) {
        this.clock = clock;
        restart();
    }

    /** Something has been said. */
    public void restart() {
        start = clock.getAsLong();
    }

    /** Whether it is time; then it starts anew. */
    public boolean isOver() {
        boolean over = clock.getAsLong() - start >= NANOS;
        if (over) {
            restart();
        }
        return over;
    }
}
