package io.numclip.runner;

import io.numclip.host.message.Console;
import io.numclip.host.message.ExitCodes;
import io.numclip.runner.terminal.Ending;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Ends the work between two batches on Ctrl-C and SIGTERM: the working thread is interrupted and awaited, because
 * native code that still computes while Java ends would crash, and because Java that is ending refuses what the work
 * may still need. A second signal ends the process at once. So does code that ends Java without being asked to, such as
 * a plugin that calls {@link System#exit}, and it is named.
 */
final class GracefulEnd {

    private static final int SILENT_SECONDS = 3;

    private final Console console;
    private final Ending ending;
    private final Function<String, Optional<String>> pluginWith;
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<Signals> asked = new AtomicReference<>();

    private GracefulEnd(Console console, Ending ending, Function<String, Optional<String>> pluginWith) {
        this.console = console;
        this.ending = ending;
        this.pluginWith = pluginWith;
    }

    /**
     * For the current thread.
     *
     * @param ending what a signal means for the command that runs
     * @param pluginWith the label of the plugin that brings a class
     */
    static GracefulEnd install(Console console, Ending ending, Function<String, Optional<String>> pluginWith) {
        GracefulEnd end = new GracefulEnd(console, ending, pluginWith);
        Signals.handle(end::stop);
        Runtime.getRuntime().addShutdownHook(new Thread(end::checkEnd, "graceful-end"));
        return end;
    }

    /** Exits once the work is done, or has ended because of a signal. */
    void exit(int code) {
        ended.countDown();
        Signals signal = asked.get();
        System.exit(signal == null || ending.isUsual() ? code : signal.exitCode());
    }

    private void stop(Signals signal) {
        Signals.leaveToTheSystem();
        asked.set(signal);
        worker.interrupt();
        if (hasEnded(SILENT_SECONDS)) {
            return; // and Java with it
        }
        console.err().println("stopping after the present step; a second signal ends it at once");
        if (!hasEnded(ending.seconds())) {
            console.err().println("the present step has not ended within " + ending.seconds() + " s");
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
            String who = culprit().map(this::named).orElse("a library");
            console.err().println("error: " + who + " has ended Java before the command was done");
            console.err()
                    .println("  fix: a plugin must not call System.exit; ask its author, or take it out of plugins/");
            console.err().flush();
            Runtime.getRuntime().halt(ExitCodes.ENDED_BY_PLUGIN);
        }
    }

    /** The stack of the thread that called for the end, which it waits for: its callers, innermost first. */
    private static Optional<List<StackTraceElement>> culprit() {
        return Thread.getAllStackTraces().values().stream()
                .filter(GracefulEnd::exits)
                .map(stack -> Arrays.stream(stack)
                        .filter(frame -> !frame.getClassName().startsWith("java.lang."))
                        .toList())
                .filter(callers -> !callers.isEmpty())
                .findFirst();
    }

    private static boolean exits(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame -> frame.getClassName().equals(Runtime.class.getName())
                        && frame.getMethodName().equals("exit"));
    }

    /** The innermost plugin with its place, or the innermost caller: {@code plugin counting 1.0.0 (a.B.method)}. */
    private String named(List<StackTraceElement> callers) {
        return callers.stream()
                .flatMap(frame ->
                        pluginWith
                                .apply(frame.getClassName())
                                .map(plugin -> plugin + " (" + place(frame) + ")")
                                .stream())
                .findFirst()
                .orElseGet(() -> place(callers.get(0)));
    }

    private static String place(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }
}
