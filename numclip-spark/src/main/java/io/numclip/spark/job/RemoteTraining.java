package io.numclip.spark.job;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.host.Offline;
import io.numclip.host.message.Console;
import io.numclip.host.plugin.PluginFolders;
import io.numclip.runner.compare.RemoteCells;
import io.numclip.runner.compare.RemoteCells.Order;
import io.numclip.runner.compare.RemoteCells.Trained;
import io.numclip.runner.terminal.Services;
import io.numclip.spark.ModelFiles;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;

/**
 * Trains a cell of a comparison in a task. Tasks of one executor train one after another: DJL collects gradients for one
 * thread of a process only.
 *
 * @param arguments of the comparison, from which every machine makes the same plan
 * @param plugins folder, as {@code numclip.plugins}; empty: the usual one
 */
record RemoteTraining(List<String> arguments, String plugins) implements Function<Order, Trained> {

    private static final Object GRADIENTS = new Object();

    @Override
    public Trained call(Order order) throws IOException {
        Offline.ensure();
        Console silent = new Console(Writer.nullWriter(), Writer.nullWriter(), false);
        RemoteCells cells = RemoteCells.of(new Services(silent, folders(plugins)), arguments);
        NativeThreads.use(TaskContext.get().cpus());
        synchronized (GRADIENTS) {
            return cells.train(order);
        }
    }

    static PluginFolders folders(String plugins) {
        String named = plugins.isEmpty()
                ? PluginFolders.fromSystemProperties().plugins().toString()
                : plugins;
        return new PluginFolders(ModelFiles.find(named));
    }
}
