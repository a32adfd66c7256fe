package io.numclip.host.message;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.host.plugin.PluginFailure;
import io.numclip.storage.CacheFolder;
import io.numclip.storage.CannotCreateException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * What a failure means to the user: the one place that turns a Throwable into a message and an exit code.
 *
 * @param what what is wrong, and where; empty if nobody needs to be told
 * @param fix one sentence: what to do about it; empty if there is nothing to do
 * @param exitCode one of {@link ExitCodes}
 */
public record Diagnosis(String what, String fix, int exitCode) {

    private static final String LESS_AT_ONCE = "work on less at once (training.batchSize, --batch-size), or ";

    public static Diagnosis of(Throwable failure) {
        Throwable told = unwrapped(failure);
        if (isStop(told)) {
            return new Diagnosis("stopped", "", ExitCodes.STOPPED);
        }
        if (isLackOfOpenFiles(told)) {
            return new Diagnosis(
                    "too many open files: " + NumClipException.firstLine(told),
                    "allow more (ulimit -n 4096)",
                    ExitCodes.MACHINE);
        }
        if (told instanceof NumClipException known) {
            String fix = isOfCache(known) ? "run the command again: it puts the files of the cache back" : known.fix();
            return new Diagnosis(String.valueOf(known.getMessage()), fix, ExitCodes.of(known.kind()));
        }
        if (told instanceof ClosedPipeException) {
            return new Diagnosis("", "", ExitCodes.CLOSED_PIPE);
        }
        return ofMachine(told).orElseGet(() -> told instanceof IOException ? ofFile(told) : ofBug(told));
    }

    /** Also where a signal has closed a file and that was taken for a failure of the file. */
    private static boolean isStop(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CancellationException || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    /** A file that the program has unpacked itself, and that somebody has damaged since. */
    private static boolean isOfCache(NumClipException failure) {
        return (failure.kind() == Kind.DATA || failure.kind() == Kind.MISSING)
                && String.valueOf(failure.getMessage())
                        .startsWith(CacheFolder.usual().resolve("clip-tiny").toString());
    }

    /** Goes by what the failure says, or by a lack of classes while nothing can be opened. */
    private static boolean isLackOfOpenFiles(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            boolean lacksClasses = cause instanceof LinkageError || cause instanceof InternalError;
            if (isOfOpenFiles(cause) || (lacksClasses && !canOpen())) {
                return true;
            }
        }
        return false;
    }

    private static boolean canOpen() {
        try {
            Files.newByteChannel(Path.of(System.getProperty("java.home"), "release"))
                    .close();
            return true;
        } catch (IOException e) {
            return !isOfOpenFiles(e);
        }
    }

    private static boolean isOfOpenFiles(Throwable failure) {
        return String.valueOf(failure.getMessage()).contains("Too many open files");
    }

    private static Throwable unwrapped(Throwable failure) {
        boolean wrapper = failure instanceof UncheckedIOException
                || failure instanceof CompletionException
                || failure instanceof ExecutionException;
        Throwable cause = failure.getCause();
        return wrapper && cause != null ? unwrapped(cause) : failure;
    }

    /** Memory, the stack and native code; whatever was thrown because of them, too. */
    private static Optional<Diagnosis> ofMachine(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String reason = NumClipException.firstLine(cause);
            if (cause instanceof OutOfMemoryError) {
                return Optional.of(outOfMemory(reason));
            } else if (cause instanceof StackOverflowError) {
                return machine(
                        "the stack is full: something is nested too deeply", "simplify it, or set JAVA_OPTS=-Xss8m");
            } else if (cause instanceof UnsatisfiedLinkError) {
                return machine(
                        "native code cannot be loaded: " + reason,
                        "allow more memory (ulimit -v); see that the disk of your home is not full, and delete the folder"
                                + " .djl.ai there");
            } else if (isLackOfNativeLibrary(cause)) {
                return Optional.of(noNativeLibrary());
            } else if (cause instanceof VirtualMachineError) {
                return machine(
                        "Java cannot go on: " + PluginFailure.describe(cause),
                        "run the command again; a file that changes while it is read can be the reason");
            } else if (isLackOfNativeMemory(cause)) {
                return machine(
                        "out of memory: " + reason, LESS_AT_ONCE + "end other programs, or allow more (ulimit -v)");
            }
        }
        return Optional.empty();
    }

    private static Optional<Diagnosis> machine(String what, String fix) {
        return Optional.of(new Diagnosis(what, fix, ExitCodes.MACHINE));
    }

    private static Diagnosis outOfMemory(String reason) {
        if (reason.contains("native thread")) {
            return new Diagnosis(
                    "out of memory: " + reason,
                    "allow more memory and threads (ulimit -v, ulimit -u), or end other programs",
                    ExitCodes.MACHINE);
        }
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        boolean outside = reason.toLowerCase(Locale.ROOT).contains("direct buffer");
        String option = outside ? "-XX:MaxDirectMemorySize=" : "-Xmx";
        return new Diagnosis(
                "out of memory (" + reason + "); Java may use " + megabytes + " MB",
                LESS_AT_ONCE + "allow more, as with JAVA_OPTS=" + option + 2 * megabytes + "m",
                ExitCodes.MACHINE);
    }

    /** Goes by the message: the engine looks for a library to download where there is none, and may not. */
    private static boolean isLackOfNativeLibrary(Throwable failure) {
        return String.valueOf(failure.getMessage()).startsWith("Failed to save pytorch index file");
    }

    private static Diagnosis noNativeLibrary() {
        return new Diagnosis(
                "there is no native library of PyTorch for %s on %s"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                "put the jar of pytorch-native-cpu for this system beside the others in lib; see docs/installing.md",
                ExitCodes.of(Kind.UNAVAILABLE));
    }

    /** Goes by the message: the engine has no class for it. */
    private static boolean isLackOfNativeMemory(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof RuntimeException
                && Stream.of("can't allocate memory", "bad_alloc", "cuda out of memory")
                        .anyMatch(message::contains);
    }

    private static Diagnosis ofFile(Throwable failure) {
        String said = NumClipException.firstLine(failure);
        if (failure instanceof CannotCreateException) {
            return new Diagnosis(said, "name another place", ExitCodes.of(Kind.OUTPUT));
        } else if (failure instanceof NoSuchFileException) {
            return new Diagnosis(said + ": there is no such file", "check the name", ExitCodes.of(Kind.MISSING));
        } else if (failure instanceof AccessDeniedException) {
            return file(said + ": this account may not read or write it", "change its permissions, or name another");
        }
        boolean saysAll =
                failure.getClass() == FileSystemException.class; // file and reason; its kinds say the file alone
        return file(
                saysAll ? said : PluginFailure.describe(failure),
                "check that the path exists, can be read and written, and that its disk is not full");
    }

    private static Diagnosis file(String what, String fix) {
        return new Diagnosis(what, fix, ExitCodes.of(Kind.IO));
    }

    private static Diagnosis ofBug(Throwable failure) {
        return new Diagnosis(
                "this is a bug in NumCLIP: " + PluginFailure.describe(failure),
                "report it, with " + keep(failure),
                ExitCodes.BUG);
    }

    /** Keeps the stack trace in a file for the report. */
    private static String keep(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        try {
            Path file = Files.createTempFile("numclip-bug-", ".txt");
            Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
            return file.toString();
        } catch (IOException e) {
            return "the output of the same command with --debug";
        }
    }
}
