package io.numclip.spark;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Things that cost memory and time to open, each open once however many threads use it. One that nobody uses stays open
 * for the next task, and is closed when another is asked for and nobody has used it for a while.
 */
final class OpenOnce<K, V extends AutoCloseable> {

    private final Map<K, Held<V>> held = new HashMap<>();
    private final Opener<K, V> opener;
    private final long idleNanos;
    private final LongSupplier nanoTime;

    /** Opens what a key names. */
    @FunctionalInterface
    interface Opener<K, V> {
        V open(K key) throws Exception;
    }

    /** The use of something by one thread, until it is closed. */
    interface Lease<V> extends AutoCloseable {
        V get();

        /** May be called again. */
        @Override
        void close();
    }

    private static final class Held<V> {
        final V value;
        int users;
        long idleSince;

        Held(V value) {
            this.value = value;
        }
    }

    /** @param idle how long something without users stays open at least */
    OpenOnce(Opener<K, V> opener, Duration idle, LongSupplier nanoTime) {
        this.opener = opener;
        this.idleNanos = idle.toNanos();
        this.nanoTime = nanoTime;
    }

    /** @throws Exception of the opener; then nothing is kept */
    synchronized Lease<V> lease(K key) throws Exception {
        Held<V> known = held.get(key);
        if (known == null) {
            closeIdle();
            known = new Held<>(opener.open(key));
            held.put(key, known);
        }
        known.users++;
        return leaseOf(known);
    }

    private Lease<V> leaseOf(Held<V> used) {
        return new Lease<>() {
            private boolean ended;

            @Override
            public V get() {
                return used.value;
            }

            @Override
            public void close() {
                synchronized (OpenOnce.this) {
                    if (!ended) {
                        ended = true;
                        used.users--;
                        used.idleSince = nanoTime.getAsLong();
                    }
                }
            }
        };
    }

    private void closeIdle() throws Exception {
        for (Iterator<Held<V>> all = held.values().iterator(); all.hasNext(); ) {
            Held<V> each = all.next();
            if (each.users == 0 && nanoTime.getAsLong() - each.idleSince >= idleNanos) {
                all.remove();
                each.value.close();
            }
        }
    }

    /** How many are open. */
    synchronized int size() {
        return held.size();
    }
}
