package io.numclip.runtime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** ONNX Runtime's native library. */
public final class OnnxLibrary {

    private static final int MOST_COMMAND_LINE = 3_500; // of bytes; tried: 3 500 works, 4 090 does not

    private OnnxLibrary() {}

    /**
     * The same for the whole process; its Windows version would report its use.
     *
     * @throws NumClipException if it cannot be loaded
     */
    public static OrtEnvironment environment() {
        requireShortCommandLine(commandLineBytes());
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            environment.setTelemetry(false);
            return environment;
        } catch (LinkageError | OrtException e) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    "ONNX Runtime cannot be loaded: " + reason(e),
                    "it needs 30 MB in " + System.getProperty("java.io.tmpdir")
                            + ", from where programs may be run; JAVA_OPTS=-Djava.io.tmpdir=DIR names another folder",
                    e);
        }
    }

    /**
     * ONNX Runtime 1.29 on Linux ends the whole process on a command line of 4 000 bytes, such as one with a long class
     * path.
     */
    static void requireShortCommandLine(long bytes) {
        if (bytes > MOST_COMMAND_LINE) {
            throw new NumClipException(
                    Kind.UNAVAILABLE,
                    "the command line of this process has " + bytes + " bytes; ONNX Runtime would crash on more than "
                            + MOST_COMMAND_LINE,
                    "give the class path in the variable CLASSPATH, or in a file of arguments (java @FILE)");
        }
    }

    private static long commandLineBytes() {
        try {
            return Files.readAllBytes(Path.of("/proc/self/cmdline")).length;
        } catch (IOException notLinux) {
            return 0;
        }
    }

    private static String reason(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first.getClass().getSimpleName() + ": " + NumClipException.firstLine(first);
    }
}
