package io.numclip.runner.terminal;

import io.numclip.host.run.PlainText;
import io.numclip.training.EpochResult;
import io.numclip.training.TrainingListener;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows the progress of training: a bar over all epochs on a terminal, otherwise a line for each epoch. */
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
    public void warning(String message) {
        print("warning: " + PlainText.printable(message));
    }

    @Override
    public void resumed(int lastEpoch) {
        print("resuming after epoch " + lastEpoch);
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
        public void resumed(int lastEpoch) {}
    }

    private static final class Lines extends TrainingProgress {

        private int epochs;

        Lines(PrintWriter err) {
            super(err);
        }

        @Override
        public void imagesEncoded(int done, int total) {
            if (done == total) {
                print("the frozen image tower has encoded " + total + " images");
            }
        }

        @Override
        public void epochStarted(int epoch, int epochs, int batches) {
            this.epochs = epochs;
        }

        @Override
        public void epochFinished(EpochResult result) {
            print(String.format(
                    Locale.ROOT,
                    "epoch %d/%d  loss %.3f  validation MAE %.3f  %.1f s%s",
                    result.epoch(),
                    epochs,
                    result.totalLoss(),
                    result.validationMae(),
                    result.seconds(),
                    result.best() ? "  best" : ""));
        }
    }

    private static final class Bar extends TrainingProgress {

        private @Nullable ProgressBar bar;
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
            started("training", (long) epochs * batches).stepTo((long) (epoch - 1) * batches);
        }

        @Override
        public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
            if (bar != null) {
                bar.setExtraMessage(String.format(
                        Locale.ROOT, " epoch %d  loss %.3f  %.0f images/s%s", epoch, loss, imagesPerSecond, mae));
                bar.step();
            }
        }

        @Override
        public void epochFinished(EpochResult result) {
            mae = String.format(Locale.ROOT, "  validation MAE %.3f", result.validationMae());
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
