package io.numclip.runner.predict;

import io.numclip.host.message.Console;
import io.numclip.host.message.PlainText;
import io.numclip.runner.terminal.Durations;
import io.numclip.runner.terminal.HalfMinute;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how many images are done: a bar on a terminal, otherwise a line every half minute. */
final class ScoringProgress implements AutoCloseable {

    private final Console console;
    private final OptionalLong total;
    private final long before;
    private final long start = System.nanoTime();
    private final @Nullable ProgressBar bar;
    private final HalfMinute pause = new HalfMinute();

    /**
     * @param moving whether a bar would not be in the way of other output
     * @param before images that were done when the command began
     */
    ScoringProgress(Console console, boolean moving, OptionalLong total, long before) {
        this.console = console;
        this.total = total;
        this.before = before;
        this.bar = moving && console.terminal() ? bar(total.orElse(-1), before) : null;
    }

    private static ProgressBar bar(long total, long before) {
        return new ProgressBarBuilder()
                .setTaskName("predicting")
                .setInitialMax(total)
                .startsFrom(before, Duration.ZERO)
                .setUnit(" images", 1)
                .showSpeed()
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(System.err))
                .clearDisplayOnFinish()
                .build();
    }

    void done(long images, long failed) {
        if (bar != null) {
            bar.stepTo(images);
            bar.setExtraMessage(failed == 0 ? "" : " " + failed + " failed");
        } else if (pause.isOver()) {
            say(line(images, failed, (System.nanoTime() - start) / 1e9));
        }
    }

    /** Such as {@code 1200 of 20000 images, 3 failed, 17.2 images/s, 18 min left}. */
    private String line(long images, long failed, double seconds) {
        double rate = (images - before) / seconds;
        return (total.isPresent() ? images + " of " : "") + PlainText.counted(total.orElse(images), "image") + ", "
                + failed + " failed, "
                + String.format(Locale.ROOT, "%.1f images/s", rate)
                + (total.isPresent() ? ", " + Durations.words((total.getAsLong() - images) / rate) + " left" : "");
    }

    /** A line that stays. */
    void say(String line) {
        if (bar != null) {
            console.clearLine();
        }
        console.err().println(line);
        console.err().flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
