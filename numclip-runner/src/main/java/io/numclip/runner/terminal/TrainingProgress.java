package io.numclip.runner.terminal;

import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of training: a bar over all epochs on a terminal, otherwise a line for each epoch, and within one when
 * nothing was said for half a minute.
 */
public abstract class TrainingProgress implements TrainingListener, AutoCloseable {

    private final PrintWriter err;

    private TrainingProgress(PrintWriter err) {
        this.err = err;
    }

    public static TrainingProgress of(Console console, boolean quiet) {
        if (quiet) {
            return new Quiet(console.err());
        }
        return console.terminal() ? new Bar(console.err()) : new Lines(console.err());
    }

    @Override
    public void imageSkipped(String name, String reason) {
        print("warning: " + PlainText.printable(name) + " is left out: " + PlainText.printable(reason));
    }

    @Override
    public void imageDamaged(String name, String words) {
        print("warning: " + PlainText.printable(name) + " is damaged, and used as it is: "
                + PlainText.printable(words));
    }

    @Override
    public void warning(String message) {
        print("warning: " + PlainText.printable(message));
    }

    @Override
    public void resumed(List<EpochResult> earlier) {
        print("resuming after epoch " + earlier.size());
    }

    @Override
    public void yardsticksStarted() {
        print("simple predictors learn from the same images, to compare with (yardsticks: false leaves them out)");
    }

    @Override
    public void memoryPlanned(MemoryPlan plan) {
        MemoryWords.of(plan).ifPresent(this::print);
    }

    @Override
    public void close() {}

    final void print(String line) {
        err.println(line);
        err.flush();
    }

    /** Warnings only. */
    private static final class Quiet extends TrainingProgress {
        Quiet(PrintWriter err) {
            super(err);
        }

        @Override
        public void resumed(List<EpochResult> earlier) {}

        @Override
        public void yardsticksStarted() {}
    }

    /** Says how far it is when nothing was said for half a minute. */
    static final class Lines extends TrainingProgress {

        private final EpochClock clock;
        private final HalfMinute pause;
        private final LongSupplier time;
        private int epochs;
        private long firstImages;
        private int alreadyEncoded = -1;

        Lines(PrintWriter err) {
            this(err, System::nanoTime);
        }

        /** @param time counts nanoseconds */
        Lines(PrintWriter err, LongSupplier time) {
            super(err);
            this.time = time;
            this.clock = new EpochClock(time);
            this.pause = new HalfMinute(time);
        }

        @Override
        public void imagesEncoded(int done, int total) {
            if (alreadyEncoded < 0) {
                alreadyEncoded = done;
                firstImages = time.getAsLong();
            }
            if (done == total) {
                say("the frozen image tower has encoded " + PlainText.counted(total, "image"));
                alreadyEncoded = -1;
            } else if (done > alreadyEncoded && pause.isOver()) {
                double perImage = (time.getAsLong() - firstImages) / 1e9 / (done - alreadyEncoded);
                say("encoding images, " + done + " of " + total + ", " + Durations.words((total - done) * perImage)
                        + " left");
            }
        }

        @Override
        public void epochStarted(int epoch, int epochCount, int batches) {
            epochs = epochCount;
            clock.epochStarted(epoch, epochCount, batches);
        }

        @Override
        public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
            clock.batchFinished(batch);
            if (pause.isOver()) {
                say(String.format(
                        Locale.ROOT,
                        "%s  loss %.3f  %.0f images/s  %s",
                        clock.place(),
                        loss,
                        imagesPerSecond,
                        clock.left()));
            }
        }

        @Override
        public void epochFinished(EpochResult result) {
            clock.epochFinished();
            say(String.format(
                    Locale.ROOT,
                    "epoch %d/%d  loss %.3f  validation MAE %s  %.1f s%s",
                    result.epoch(),
                    epochs,
                    result.totalLoss(),
                    PlainText.measured(result.validationMae()),
                    result.seconds(),
                    result.best() ? "  best" : ""));
        }

        private void say(String line) {
            pause.restart();
            print(line);
        }
    }

    private static final class Bar extends TrainingProgress {

        private @Nullable ProgressBar bar;
        private final EpochClock clock = new EpochClock();
        private String mae = "";

        Bar(PrintWriter err) {
            super(err);
        }

        @Override
        public void imagesEncoded(int done, int total) {
            started("encoding images", total).stepTo(done);
            if (done == total) {
                close();
            }
        }

        @Override
        public void epochStarted(int epoch, int epochs, int batches) {
            clock.epochStarted(epoch, epochs, batches);
            started("training", (long) epochs * batches).stepTo((long) (epoch - 1) * batches);
        }

        @Override
        public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
            clock.batchFinished(batch);
            if (bar != null) {
                bar.setExtraMessage(String.format(
                        Locale.ROOT,
                        " epoch %d, %s left in it  loss %.3f  %.0f images/s%s",
                        epoch,
                        clock.leftInEpoch(),
                        loss,
                        imagesPerSecond,
                        mae));
                bar.step();
            }
        }

        @Override
        public void epochFinished(EpochResult result) {
            clock.epochFinished();
            mae = "  validation MAE " + PlainText.measured(result.validationMae());
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }

        private ProgressBar started(String name, long maximum) {
            ProgressBar running = bar == null ? begin(name, maximum) : bar;
            bar = running;
            return running;
        }

        private static ProgressBar begin(String name, long maximum) {
            return new ProgressBarBuilder()
                    .setTaskName(name)
                    .setInitialMax(maximum)
                    .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                    .setUpdateIntervalMillis(250)
                    .setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .clearDisplayOnFinish()
                    .build();
        }
    }
}
