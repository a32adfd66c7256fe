package io.numclip.clip.kernel;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.util.Utils;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** PyTorch's library and the kernel, which take a third of a second to load. */
public final class NativeLibrary {

    /** What is loaded is compared no more. Like the libraries, this belongs to the whole process. */
    private static final AtomicReference<Engine> STARTED = new AtomicReference<>();

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

    /**
     * PyTorch, with libraries that are those of the program; the one way to it.
     *
     * @throws NumClipException if they are not, or another class loader of this process has loaded them
     */
    public static synchronized Engine engine() {
        Engine started = STARTED.get();
        if (started != null) {
            return started;
        }
        try {
            NativeFolder.check();
            STARTED.set(Engine.getEngine("PyTorch"));
            return STARTED.get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (EngineException | UnsatisfiedLinkError e) {
            if (isLoadedElsewhere(e)) {
                throw loadedElsewhere(e);
            }
            throw e;
        }
    }

    /** Where the libraries are unpacked. */
    public static Path folder() {
        NativeFolder.choose();
        return Utils.getEngineCacheDir();
    }

    public static NDManager manager(Device device) {
        return engine().newBaseManager(device);
    }

    private static boolean isLoadedElsewhere(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(
                        cause -> String.valueOf(cause.getMessage()).contains("already loaded in another classloader"));
    }

    private static NumClipException loadedElsewhere(Throwable failure) {
        return new NumClipException(
                Kind.UNAVAILABLE,
                "another class loader of this Java process has loaded PyTorch's libraries, and Java loads them once",
                "put NumCLIP and DJL where all parts of the application share them, such as the lib folder of the server",
                failure);
    }

    private static void load() {
        try {
            engine();
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
