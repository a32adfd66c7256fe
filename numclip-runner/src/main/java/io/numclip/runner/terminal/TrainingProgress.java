package io.numclip.runner.terminal;

import io.numclip.host.compare.CellListener;
import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import io.numclip.training.progress.EpochResult;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows the progress of a training, or of several: of one a line stays for each epoch, of several one for each training. */
public final class TrainingProgress implements CellListener, AutoCloseable {

    private final Progress progress;
    private final LongSupplier time;
    private EpochClock clock;
    private int epochs;
    private String mae = "";
    private long firstImages;
    private int alreadyEncoded = -1;

    private String name = ""; // of one training among several
    private int leftAtFirst = -1;
    private long first;

    /** @param quiet shows warnings only */
    public TrainingProgress(Console console, boolean quiet) {
        this(console, quiet, System::nanoTime);
    }

    /** @param time counts nanoseconds */
    TrainingProgress(Console console, boolean quiet, LongSupplier time) {
        this.progress = new Progress(console, quiet, time);
        this.time = time;
        this.clock = new EpochClock(time);
    }

    private boolean isOneOfSeveral() {
        return !name.isEmpty();
    }

    private String named(String place) {
        return isOneOfSeveral() ? name + ": " + place : place;
    }

    @Override
    public void begin(String name, int left) {
        this.name = name;
        this.clock = new EpochClock(time);
        this.mae = "";
        if (leftAtFirst < 0) {
            leftAtFirst = left;
            first = time.getAsLong();
        }
        progress.begin(named("reading images"));
    }

    /** The time that is left is told by the trainings so far, those of other processes included. */
    @Override
    public void end(String result, int left) {
        double rest = (time.getAsLong() - first) / 1e9 / Math.max(1, leftAtFirst - left) * left;
        say(named(result) + (left == 0 ? "" : ", about " + Durations.words(rest) + " left"));
    }

    @Override
    public void say(String line) {
        progress.say(line);
    }

    @Override
    public void imageSkipped(String image, String reason) {
        progress.warn(image + " is left out: " + reason);
    }

    @Override
    public void imageDamaged(String image, String words) {
        progress.warn(image + " is damaged, and used as it is: " + words);
    }

    @Override
    public void warning(String message) {
        progress.warn(message);
    }

    @Override
    public void resumed(List<EpochResult> earlier) {
        say("resuming after epoch " + earlier.size());
    }

    @Override
    public void learnsAgain(String images) {
        clock = new EpochClock(time);
        mae = "";
        if (!isOneOfSeveral()) {
            say("learning again: " + images);
        }
    }

    @Override
    public void yardsticksStarted() {
        say("simple predictors learn from the same images, to compare with (yardsticks: false leaves them out)");
    }

    @Override
    public void memoryPlanned(MemoryPlan plan) {
        if (plan.bytes() > plan.free()) {
            progress.warn(MemoryWords.tooMuch(plan));
        } else if (!isOneOfSeveral()) {
            MemoryWords.of(plan).ifPresent(progress::say);
        }
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
        } else if (done > alreadyEncoded) {
            double perImage = (time.getAsLong() - firstImages) / 1e9 / (done - alreadyEncoded);
            progress.at(() -> named("encoding images, " + done + " of " + total + ", "
                    + Durations.words((total - done) * perImage) + " left"));
        }
    }

    @Override
    public void epochStarted(int epoch, int epochCount, int batches) {
        epochs = epochCount;
        clock.epochStarted(epoch, epochCount, batches);
        progress.begin(named("epoch " + epoch + "/" + epochs));
    }

    @Override
    public void batchFinished(int epoch, int batch, int batches, double loss, double imagesPerSecond) {
        clock.batchFinished(batch);
        progress.at(() -> named(String.format(
                Locale.ROOT,
                "%s  loss %.3f  %.0f images/s%s  %s",
                clock.place(),
                loss,
                imagesPerSecond,
                mae,
                clock.left())));
    }

    @Override
    public void epochFinished(EpochResult result) {
        clock.epochFinished();
        String figure = "  validation MAE " + PlainText.measured(result.validationMae());
        if (isOneOfSeveral()) {
            mae = figure;
            return;
        }
        say(String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.3f%s  %.1f s%s",
                result.epoch(),
                epochs,
                result.totalLoss(),
                figure,
                result.seconds(),
                result.best() ? "  best" : ""));
    }

    @Override
    public void close() {
        progress.close();
    }
}
