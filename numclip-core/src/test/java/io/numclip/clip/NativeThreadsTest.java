package io.numclip.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {

    @Test
    void anotherThreadHasItsOwnNumber() {
        Engine.getInstance();
        int ours = NativeThreads.count();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            int theirs = CompletableFuture.supplyAsync(
                            () -> {
                                NativeThreads.use(ours + 3);
                                return NativeThreads.count();
                            },
                            other)
                    .join();
            assertThat(theirs).isEqualTo(ours + 3);
            assertThat(NativeThreads.count()).isEqualTo(ours);
        } finally {
            CompletableFuture.runAsync(() -> NativeThreads.use(ours), other).join();
            other.shutdown();
        }
    }
}
