package io.numclip.clip;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.slf4j.LoggerFactory;

/** PyTorch's library and the kernel, which take a third of a second to load. */
public final class NativeLibrary {

    private final CompletableFuture<Void> loaded;

    private NativeLibrary(CompletableFuture<Void> loaded) {
        this.loaded = loaded;
    }

    /**
     * Begins to load them, while the caller reads its files. Who needs them earlier waits, and is told if they cannot be loaded.
     */
    public static NativeLibrary loading() {
        loadFileChannels();
        LoggerFactory.getILoggerFactory(); // SLF4J warns where two threads log for the first time at once
        return new NativeLibrary(CompletableFuture.runAsync(NativeLibrary::load, work -> {
            Thread thread = new Thread(work, "native-library");
            thread.setDaemon(true);
            thread.start();
        }));
    }

    /** The JDK's library of files comes first, because libraries are loaded one at a time: the caller's first file would wait. */
    private static void loadFileChannels() {
        try {
            Files.newByteChannel(Path.of(System.getProperty("java.home"), "release"))
                    .close();
        } catch (IOException e) {
            // then it waits
        }
    }

    private static void load() {
        try {
            Engine.getEngine("PyTorch");
            NativeKernel.shared();
        } catch (RuntimeException | Error failure) {
            // whoever needs it tries again, and can report it
        }
    }

    /** Waits until nothing is being loaded: Java must not end meanwhile. Not interruptible. */
    public void await() {
        loaded.join();
    }
}
