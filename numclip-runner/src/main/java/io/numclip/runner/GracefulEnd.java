package io.numclip.runner;

import io.numclip.runner.terminal.Console;
import io.numclip.runner.terminal.ExitCodes;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends the work between two batches on Ctrl-C and SIGTERM: the working thread is interrupted and awaited, because
 * native code that still computes while Java ends would crash, and because Java that is ending refuses what the work
 * may still need. A second signal ends the process at once. So does code that ends Java without being asked to, such as
 * a plugin that calls {@link System#exit}, and it is named.
 */
final class GracefulEnd {

    private static final int SILENT_SECONDS = 3;
    private static final int PATIENCE_SECONDS = 20;

    private final Console console;
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Signals> asked = new AtomicReference<>();

    private GracefulEnd(Console console) {
        this.console = console;
    }

    /** For the current thread. */
    static GracefulEnd install(Console console) {
        GracefulEnd end = new GracefulEnd(console);
        Signals.handle(end::stop);
        Runtime.getRuntime().addShutdownHook(new Thread(end::checkEnd, "graceful-end"));
        return end;
    }

    /** Exits once the work is done, or has ended because of a signal. */
    void exit(int code) {
        ended.countDown();
        Signals signal = asked.get();
        System.exit(signal == null ? code : signal.exitCode());
    }

    private void stop(Signals signal) {
        Signals.leaveToTheSystem();
        asked.set(signal);
        worker.interrupt();
        if (hasEnded(SILENT_SECONDS)) {
            return; // and Java with it
        }
        console.err().println("stopping after the present step; a second signal ends it at once");
        if (!hasEnded(PATIENCE_SECONDS)) {
            console.err().println("the present step has not ended within " + PATIENCE_SECONDS + " s");
            kill(signal);
        }
    }

    private boolean hasEnded(int seconds) {
        try {
            return ended.await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void kill(Signals signal) {
        try {
            signal.send();
        } catch (IOException e) {
            Runtime.getRuntime().halt(signal.exitCode());
        }
    }

    /** While Java ends: was that the program's own wish? */
    private void checkEnd() {
        if (ended.getCount() > 0) {
            String who = culprit()
                    .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                    .orElse("a library");
            console.err().println("error: " + who + " has ended Java before the command was done");
            console.err()
                    .println("  fix: a plugin must not call System.exit; ask its author, or take it out of plugins/");
            console.err().flush();
            Runtime.getRuntime().halt(ExitCodes.ENDED_BY_PLUGIN);
        }
    }

    /** Who called for the end; it waits for it. */
    private static Optional<StackTraceElement> culprit() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(stack -> caller(stack).stream())
                .findFirst();
    }

    private static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
        boolean exits = Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
        return !exits
                ? Optional.empty()
                : Arrays.stream(stack)
                        .filter(frame -> !frame.getClassName().startsWith("java.lang."))
                        .findFirst();
    }
}
