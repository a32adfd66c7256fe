package io.numclip.bench;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the main thread of a program spends its time on: a Java agent that samples its stack a hundred times a second
 * and prints the shares to standard error when the program ends. Usage:
 * {@code JAVA_OPTS=-javaagent:JAR ./numclip embed ...}, where JAR is that of this module.
 */
public final class Profile {

    /** Kinds of work, recognised by a method on the stack. The first that matches counts. */
    enum Work {
        NETWORK("in the network", "ai.djl.pytorch.jni.PyTorchLibrary.moduleRunMethod"),
        TENSORS("in other tensor operations", "ai.djl.pytorch.jni.PyTorchLibrary.torch"),
        WAITING("waiting for images", "io.numclip.input.ImageBatches"),
        REST("starting, loading, writing", "");

        private final String title;
        private final String method;

        Work(String title, String method) {
            this.title = title;
            this.method = method;
        }

        static Work of(StackTraceElement... stack) {
            return Stream.of(values())
                    .filter(work -> Stream.of(stack).anyMatch(work::isDoneBy))
                    .findFirst()
                    .orElse(REST);
        }

        private boolean isDoneBy(StackTraceElement frame) {
            return (frame.getClassName() + "." + frame.getMethodName()).startsWith(method);
        }
    }

    private static final long PERIOD_MILLISECONDS = 10;

    private final Map<Work, Integer> samples = new EnumMap<>(Work.class);

    /** Called by the Java virtual machine on the main thread, before the program. */
    public static void premain(String unused) {
        Thread main = Thread.currentThread();
        Profile profile = new Profile();
        Thread sampler = new Thread(() -> profile.watch(main), "profile");
        sampler.setDaemon(true);
        sampler.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.print(profile.report())));
    }

    private void watch(Thread main) {
        while (main.isAlive()) {
            add(Work.of(main.getStackTrace()));
            try {
                Thread.sleep(PERIOD_MILLISECONDS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    synchronized void add(Work work) {
        samples.merge(work, 1, Integer::sum);
    }

    /** A line for each kind of work. */
    synchronized String report() {
        int all = samples.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder lines = new StringBuilder();
        for (Work work : Work.values()) {
            double share = 100.0 * samples.getOrDefault(work, 0) / Math.max(1, all);
            lines.append(String.format(Locale.ROOT, "%5.1f %% %s%n", share, work.title));
        }
        return lines.toString();
    }
}
