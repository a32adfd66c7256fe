package io.numclip.spark.job;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells on the driver how far a job is: a line for each chunk, and one every ten seconds within a long one. */
final class JobProgress extends SparkListener {

    private static final long BETWEEN = 10_000_000_000L;

    private final PrintWriter lines;
    private final LongSupplier nanoTime;
    private int chunk;
    private int stage;
    private int tasks;
    private int ended;
    private long told;

    JobProgress(PrintWriter lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
    }

    synchronized void begin(int chunk) {
        this.chunk = chunk;
        told = nanoTime.getAsLong();
    }

    synchronized void end(long images, long failed, double seconds, long all) {
        say(String.format(
                Locale.ROOT,
                "chunk %d: %,d images, %,d without a result, %.1f images/s; %,d so far",
                chunk,
                images,
                failed,
                images / seconds,
                all));
    }

    void say(String line) {
        lines.println(line);
        lines.flush();
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
        this.stage = stage.stageInfo().stageId();
        tasks = stage.stageInfo().numTasks();
        ended = 0;
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd task) {
        ended += task.stageId() == stage && task.taskInfo().successful() ? 1 : 0;
        long now = nanoTime.getAsLong();
        if (chunk > 0 && now - told > BETWEEN) {
            told = now;
            say("chunk " + chunk + ": " + ended + " of " + tasks + " tasks done");
        }
    }
}
