package io.numclip.runner;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/**
 * The signals that ask a program to end, by {@code sun.misc.Signal}. The compiler warns of that class, in a way that
 * cannot be suppressed on all versions of Java, so it is reached by reflection. Where it does not answer, signals have
 * the effect that Java gives them.
 */
enum Signals {
    HUP(1),
    INT(2),
    TERM(15);

    private final int number;

    Signals(int number) {
        this.number = number;
    }

    /** What a shell says of a program that the signal has ended. */
    int exitCode() {
        return 128 + number;
    }

    /** Does this from now on, on a thread of its own, each time the signal arrives. */
    static void handle(Consumer<Signals> handler) {
        for (Signals signal : values()) {
            signal.set(type ->
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        handler.accept(signal);
                        return null;
                    }));
        }
    }

    /** Lets the system itself end the process on these signals from now on, at once, whatever native code is doing. */
    static void leaveToTheSystem() {
        for (Signals signal : values()) {
            signal.set(type -> type.getField("SIG_DFL").get(null));
        }
    }

    /** Ends the process, if {@link #leaveToTheSystem} was called, without the end of Java, on which native code crashes. */
    void send() throws IOException {
        long process = ProcessHandle.current().pid();
        new ProcessBuilder("sh", "-c", "kill -s " + name() + " " + process).start();
    }

    private interface Handler {
        Object of(Class<?> type) throws ReflectiveOperationException;
    }

    private void set(Handler handler) {
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            Class<?> signal = Class.forName("sun.misc.Signal");
            signal.getMethod("handle", signal, type)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name()), handler.of(type));
        } catch (ReflectiveOperationException e) {
            return; // the system has no such signal, or the user has told Java to leave it alone
        }
    }
}
