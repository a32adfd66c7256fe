package io.numclip.runner.compare;

import io.numclip.host.compare.CellListener;
import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import io.numclip.runner.terminal.Durations;
import io.numclip.runner.terminal.EpochClock;
import io.numclip.runner.terminal.HalfMinute;
import io.numclip.training.progress.EpochResult;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says what a comparison does: a line for each training, and within one a line that moves on a terminal, or a line when
 * nothing was said for half a minute.
 */
final class CellProgress implements CellListener {

    private static final long MOVE_NANOS = 250_000_000L;

    private final Console console;
    private final boolean quiet;
    private final LongSupplier time;
    private final HalfMinute pause;
    private String name = "";
    private String mae = "";
    private int leftAtFirst = -1;
    private long first;
    private int left;
    private int trained;
    private long start;
    private long moved;
    private EpochClock clock;

    CellProgress(Console console, boolean quiet) {
        this(console, quiet, System::nanoTime);
    }

    /** @param time counts nanoseconds */
    CellProgress(Console console, boolean quiet, LongSupplier time) {
        this.console = console;
        this.quiet = quiet;
        this.time = time;
        this.pause = new HalfMinute(time);
        this.clock = new EpochClock(time);
    }

    @Override
    public void begin(String name, int left) {
        this.name = name;
        this.left = left;
        this.start = time.getAsLong();
        this.clock = new EpochClock(time);
        this.mae = "";
        if (leftAtFirst < 0) {
            leftAtFirst = left;
            first = start;
        }
        moving("reading images");
    }

    @Override
    public void end(String result, int left) {
        this.left = left;
        trained++;
        say(name + ": " + result + (left == 0 ? "" : ", about " + Durations.words(rest(time.getAsLong())) + " left"));
    }

    /** By the trainings so far, those of other processes included. */
    private double rest(long now) {
        return (now - first) / 1e9 / Math.max(1, leftAtFirst - left) * left;
    }

    /** How many trainings have ended. */
    int trained() {
        return trained;
    }

    @Override
    public void imagesEncoded(int done, int total) {
        if (done == total) {
            say("the image tower has encoded " + PlainText.counted(total, "image"));
        } else {
            within(() -> "encoding images, " + done + " of " + total);
        }
    }

    @Override
    public void epochStarted(int epoch, int epochs, int batches) {
        clock.epochStarted(epoch, epochs, batches);
        moving("epoch " + epoch + "/" + epochs);
    }

    @Override
    public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
        clock.batchFinished(batch);
        within(() -> clock.place() + mae + ", " + clock.left());
    }

    @Override
    public void epochFinished(EpochResult result) {
        clock.epochFinished();
        mae = ", validation MAE " + PlainText.measured(result.validationMae());
    }

    /** Within a training: on a terminal often, elsewhere when nothing was said for half a minute. */
    private void within(Supplier<String> what) {
        if (!console.terminal()) {
            if (pause.isOver()) {
                say(name + ": " + what.get());
            }
        } else if (time.getAsLong() - moved > MOVE_NANOS) {
            moving(what.get());
        }
    }

    @Override
    public void imageSkipped(String name, String reason) {
        say("warning: " + name + " is left out: " + reason);
    }

    @Override
    public void imageDamaged(String name, String words) {
        say("warning: " + name + " is damaged, and used as it is: " + words);
    }

    @Override
    public void warning(String message) {
        say("warning: " + message);
    }

    @Override
    public void say(String line) {
        if (!quiet) {
            pause.restart();
            if (console.terminal()) {
                console.clearLine();
            }
            console.err().println(PlainText.printable(line));
            console.err().flush();
        }
    }

    /** On a terminal only. */
    private void moving(String what) {
        if (!quiet && console.terminal()) {
            double rest = Math.max(0, rest(start) - since(start));
            String all = trained == 0 ? "" : ", about " + Durations.words(rest) + " left for all";
            moved = time.getAsLong();
            console.clearLine();
            console.err().print(PlainText.printable(name + ": " + what + all));
            console.err().flush();
        }
    }

    private double since(long nanos) {
        return (time.getAsLong() - nanos) / 1e9;
    }
}
