package io.numclip.runner.predict;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import io.numclip.data.Prediction;
import io.numclip.host.NumClips;
import io.numclip.host.files.ErrorPolicy;
import io.numclip.host.message.PlainText;
import io.numclip.host.run.PredictionStream;
import io.numclip.runner.inputs.InputImage;
import io.numclip.runner.inputs.Inputs;
import io.numclip.runner.terminal.Durations;
import io.numclip.runner.terminal.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Sends images through models, and what was found in them to a writer. */
final class Scoring {

    private static final int MOST_TOLD = 20;

    private final RowWriter rows;
    private final ErrorPolicy errors;
    private final Progress progress;
    private final Tally tally;
    private final OptionalLong total;
    private final long before;
    private final long start = System.nanoTime();
    private int told;

    /** Told when rows are complete up to here. */
    interface Keeping {
        void keep(Tally.Count count) throws IOException;
    }

    /**
     * @param tally of what was done before
     * @param total how many images there are, where it is known
     */
    Scoring(RowWriter rows, ErrorPolicy errors, Progress progress, Tally tally, OptionalLong total) {
        this.rows = rows;
        this.errors = errors;
        this.progress = progress;
        this.tally = tally;
        this.total = total;
        this.before = tally.done();
    }

    /**
     * @param images that are not yet done
     * @param keeping asked between two batches, so that a command that goes on puts the same images together
     */
    void run(NumClips models, Iterator<InputImage> images, Keeping keeping) throws IOException {
        models.predict(images, InputImage::image, (image, predictions) -> {
            found(image, predictions);
            if (tally.done() % PredictionStream.BATCH == 0) {
                keeping.keep(tally.count());
            }
        });
    }

    private void found(InputImage image, List<Prediction> predictions) throws IOException {
        String problem = predictions.get(0).problem();
        if (problem != null && errors == ErrorPolicy.FAIL) {
            boolean absent = image.problem() == null && !Files.exists(image.file());
            throw new NumClipException(
                    absent ? Kind.MISSING : Kind.DATA,
                    PlainText.printable(image.name()) + ": " + PlainText.printable(problem),
                    "repair the image or take it away; --errors rows goes on and says in its row what is wrong");
        }
        if (problem == null || errors == ErrorPolicy.ROWS) {
            rows.write(image, predictions);
        } else {
            tell(image, problem);
        }
        tally.add(image, predictions);
        progress.at(this::place);
    }

    /** Such as {@code 1200 of 20000 images, 3 failed, 17.2 images/s, 18 min left}. */
    private String place() {
        long done = tally.done();
        double rate = (done - before) / ((System.nanoTime() - start) / 1e9);
        return (total.isPresent() ? done + " of " : "") + PlainText.counted(total.orElse(done), "image") + ", "
                + tally.failed() + " failed, "
                + String.format(Locale.ROOT, "%.1f images/s", rate)
                + (total.isPresent() ? ", " + Durations.words((total.getAsLong() - done) / rate) + " left" : "");
    }

    private void tell(InputImage image, String problem) {
        told++;
        if (told <= MOST_TOLD) {
            progress.say("left out " + image.name() + ": " + problem);
        } else if (told == MOST_TOLD + 1) {
            progress.say("further ones are counted only");
        }
    }

    /**
     * Passes over the images that were done before.
     *
     * @param count of them
     * @throws NumClipException if they are not the same
     */
    static void pass(Inputs.Images images, Tally.Count count, String out) {
        Tally seen = new Tally(Tally.Count.none(0));
        while (seen.done() < count.done() && images.hasNext()) {
            seen.see(images.next());
        }
        Tally.Count now = seen.count();
        if (now.digest().equals(count.digest())) {
            return;
        }
        String what = now.done() < count.done()
                ? PlainText.counted(count.done(), "image was", "images were") + " done before, and only " + now.done()
                        + " now"
                : now.last().equals(count.last())
                        ? "one of the first " + count.done()
                                + " images has another name, size or time of change than before"
                        : "image " + count.done() + " was " + count.last() + " before and is " + now.last() + " now";
        throw otherImages(out, what);
    }

    static NumClipException otherImages(String out, String what) {
        return new NumClipException(
                Kind.CONFIGURATION,
                out + ": was started with other images:\n  " + PlainText.printable(what),
                "give the images as they were, or another name for --out");
    }
}
