package io.numclip.clip.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {

    /** Its number of threads is asked for in a process that has computed nothing. */
    static final class Fresh {
        public static void main(String[] arguments) {
            NativeThreads.use(3);
            System.out.println("threads " + NativeThreads.count());
        }
    }

    @Test
    void nothingNeedsToBeComputedBefore() throws IOException {
        String said = FreshProcess.run(Fresh.class, Map.of());
        assertThat(said).contains("threads 3");
    }

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
