package io.numclip.clip;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        Process fresh = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Doffline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Fresh.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(fresh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
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
