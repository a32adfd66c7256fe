package io.numclip.host.plugin;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Runs the code of a plugin, which may never end. Java cannot end a thread: one that takes too long is left alone. */
record StartLimit(Duration limit) {

    /**
     * @param name for the thread
     * @param ofPlugin whether the plugin has a class of this name
     * @throws Throwable what the code throws, or a refusal where it takes too long
     */
    <T> T run(String name, Supplier<T> code, Predicate<String> ofPlugin) throws Throwable {
        FutureTask<T> task = new FutureTask<>(code::get);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw tooLong(thread, ofPlugin);
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException(name).initCause(e);
        }
    }

    private PluginRefusedException tooLong(Thread thread, Predicate<String> ofPlugin) {
        String place = Stream.of(thread.getStackTrace())
                .filter(frame -> ofPlugin.test(frame.getClassName()))
                .findFirst()
                .map(frame -> " (it is in " + frame + ")")
                .orElse("");
        return new PluginRefusedException(
                "did not start within " + limit.toMillis() / 1000.0 + " s" + place,
                "remove the file or ask its author for a version that starts; a plugin that only needs longer may have"
                        + " it: --limit plugin.startSeconds=60");
    }
}
