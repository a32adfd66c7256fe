package io.numclip.spark;

import io.numclip.clip.kernel.NativeThreads;
import io.numclip.data.NumClipException;
import io.numclip.host.Offline;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The models that are open in this JVM, an executor's or that of {@code local[n]}. This is the one static state of the module:
 * tasks of one JVM share nothing else.
 */
final class ExecutorModels {

    private static final Duration IDLE = Duration.ofMinutes(10);
    private static final String THREADS = "ai.djl.pytorch.num_threads"; // DJL reads both once, at its start
    private static final String GRAPH_THREADS = "ai.djl.pytorch.num_interop_threads";
    private static final OpenOnce<ImageModel.Choice, ImageModel> MODELS =
            new OpenOnce<>(ImageModel.Choice::open, IDLE, System::nanoTime);

    private ExecutorModels() {}

    /** A model for the running task, until it ends. The native threads of an operation are those that Spark gives to a task. */
    static OpenOnce.Lease<ImageModel> lease(ImageModel.Choice choice) throws Exception {
        TaskContext task = TaskContext.get();
        int cpus = task == null ? 1 : task.cpus();
        beforeTheEngine(cpus);
        OpenOnce.Lease<ImageModel> lease = leaseNamingTheHost(choice);
        NativeThreads.use(cpus);
        if (task != null) {
            TaskCompletionListener atItsEnd = ended -> lease.close();
            task.addTaskCompletionListener(atItsEnd);
        }
        return lease;
    }

    /** How many models are open. */
    static int open() {
        return MODELS.size();
    }

    private static void beforeTheEngine(int cpus) {
        Offline.ensure();
        setUnlessThere(THREADS, cpus);
        setUnlessThere(GRAPH_THREADS, 1);
    }

    private static void setUnlessThere(String property, int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, String.valueOf(value));
        }
    }

    private static OpenOnce.Lease<ImageModel> leaseNamingTheHost(ImageModel.Choice choice) throws Exception {
        try {
            return MODELS.lease(choice);
        } catch (NumClipException failure) {
            throw new NumClipException(
                    failure.kind(), "on " + host() + ": " + failure.getMessage(), failure.fix(), failure.getCause());
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "an executor";
        }
    }
}
