package io.numclip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OpenOnceTest {

    private static final Duration IDLE = Duration.ofMinutes(10);

    private final List<String> opened = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final OpenOnce<String, AutoCloseable> models = new OpenOnce<>(
            key -> {
                opened.add(key);
                return () -> closed.add(key);
            },
            IDLE,
            now::get);

    @Test
    void tasksAtTheSameTimeShareOneModel() throws Exception {
        ExecutorService tasks = Executors.newFixedThreadPool(4);
        try {
            AtomicInteger same = new AtomicInteger();
            AutoCloseable first = models.lease("age").get();
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                all.add(tasks.submit(() -> {
                    try (OpenOnce.Lease<AutoCloseable> lease = models.lease("age")) {
                        same.addAndGet(lease.get() == first ? 1 : 0);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
            assertThat(same).hasValue(100);
            assertThat(opened).containsExactly("age");
        } finally {
            tasks.shutdownNow();
        }
    }

    @Test
    void aModelWithoutUsersStaysForTheNextTaskAndGivesItsMemoryBackToAnotherModelLater() throws Exception {
        OpenOnce.Lease<AutoCloseable> age = models.lease("age");
        OpenOnce.Lease<AutoCloseable> used = models.lease("used");
        age.close();
        age.close(); // counts once
        models.lease("beauty").close();
        assertThat(closed).isEmpty();
        now.addAndGet(IDLE.toNanos());
        models.lease("age").close();
        assertThat(opened).containsExactly("age", "used", "beauty");
        models.lease("counting");
        assertThat(closed).containsExactly("beauty");
        used.close();
        assertThat(models.size()).isEqualTo(3);
    }

    @Test
    void whatCannotBeOpenedIsTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        OpenOnce<String, AutoCloseable> broken = new OpenOnce<>(
                key -> {
                    tries.incrementAndGet();
                    throw new IOException("no such folder");
                },
                IDLE,
                now::get);
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> broken.lease("age"));
        }
        assertThat(tries).hasValue(2);
        assertThat(broken.size()).isZero();
    }
}
