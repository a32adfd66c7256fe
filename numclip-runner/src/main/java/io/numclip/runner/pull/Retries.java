package io.numclip.runner.pull;

import io.numclip.data.NumClipException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tries again after growing waits, and says so, until too many attempts in a row have brought nothing. */
final class Retries {

    private static final int MOST = 5;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Surroundings surroundings;
    private final Consumer<String> notice;
    private int failures;
    private int delays;

    Retries(Surroundings surroundings, Consumer<String> notice) {
        this.surroundings = surroundings;
        this.notice = notice;
    }

    /** Something has come: failures before do not count any more. */
    void progress() {
        failures = 0;
    }

    /**
     * Waits after a failure: 1, 2, 4, 8 and 16 seconds.
     *
     * @param end what is thrown after the last attempt
     */
    void afterFailure(String reason, Supplier<NumClipException> end) throws InterruptedException {
        if (failures == MOST) {
            throw end.get();
        }
        pause(reason, Duration.ofSeconds(1L << failures));
        failures++;
    }

    /** Waits as long as a busy server asks. */
    void asAsked(String reason, Duration asked, Supplier<NumClipException> end) throws InterruptedException {
        if (delays == MOST || asked.compareTo(LONGEST) > 0) {
            throw end.get();
        }
        delays++;
        pause(reason, asked);
    }

    private void pause(String reason, Duration time) throws InterruptedException {
        notice.accept(reason + "; trying again in " + time.toSeconds() + " s");
        surroundings.pause().last(time);
    }
}
