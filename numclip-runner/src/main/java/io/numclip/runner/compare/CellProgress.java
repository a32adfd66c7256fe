package io.numclip.runner.compare;

import io.numclip.host.run.PlainText;
import io.numclip.runner.terminal.Console;
import io.numclip.training.EpochResult;
import io.numclip.training.TrainingListener;
import java.util.Locale;

/** Says what a comparison does: a line for each training, and on a terminal a line that moves within it. */
final class CellProgress implements TrainingListener {

    private static final double SECONDS_BETWEEN_LINES = 10;

    private final Console console;
    private final boolean quiet;
    private String name = "";
    private int epochs;
    private int leftAtFirst = -1;
    private long first;
    private int left;
    private int trained;
    private long start;
    private long said;

    CellProgress(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    /** @param left how many trainings there are still to do, this one included */
    void begin(String name, int left) {
        this.name = name;
        this.left = left;
        this.start = System.nanoTime();
        this.said = start;
        if (leftAtFirst < 0) {
            leftAtFirst = left;
            first = start;
        }
        moving("reading images");
    }

    /** @param left how many trainings there are still to do */
    void end(String result, int left) {
        this.left = left;
        trained++;
        say(name + ": " + result + (left == 0 ? "" : ", about " + duration(rest(System.nanoTime())) + " left"));
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
            say("the image tower has encoded " + total + " images");
        } else if (console.terminal()) {
            moving("encoding images, " + done + " of " + total);
        } else if (since(said) > SECONDS_BETWEEN_LINES) {
            say(name + ": encoding images, " + done + " of " + total);
        }
    }

    @Override
    public void epochStarted(int epoch, int epochs, int batches) {
        this.epochs = epochs;
        moving("epoch " + epoch + "/" + epochs);
    }

    @Override
    public void epochFinished(EpochResult result) {
        if (!console.terminal() && since(said) > SECONDS_BETWEEN_LINES) {
            say(String.format(
                    Locale.ROOT,
                    "%s: epoch %d/%d, validation MAE %.3f",
                    name,
                    result.epoch(),
                    epochs,
                    result.validationMae()));
        }
    }

    @Override
    public void imageSkipped(String name, String reason) {
        say("warning: " + name + " is left out: " + reason);
    }

    @Override
    public void warning(String message) {
        say("warning: " + message);
    }

    void say(String line) {
        if (!quiet) {
            said = System.nanoTime();
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
            String time = trained == 0 ? "" : ", about " + duration(rest) + " left in all";
            console.clearLine();
            console.err().print(PlainText.printable(name + ": " + what + time));
            console.err().flush();
        }
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    static String duration(double seconds) {
        if (seconds < 90) {
            return Math.round(seconds) + " s";
        }
        return seconds < 5_400
                ? Math.round(seconds / 60) + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / 3_600);
    }
}
