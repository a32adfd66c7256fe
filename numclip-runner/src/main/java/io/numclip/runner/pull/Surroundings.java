package io.numclip.runner.pull;

import io.numclip.storage.FreeSpace;
import java.time.Duration;
import java.util.Map;

/**
 * What a download has around it.
 *
 * @param environment variables such as {@code HF_TOKEN}
 * @param pause waits before the next attempt
 * @param silence how long a server may say nothing
 */
record Surroundings(Map<String, String> environment, Pause pause, FreeSpace free, Duration silence) {

    /** Waits. */
    @FunctionalInterface
    interface Pause {
        void last(Duration time) throws InterruptedException;
    }

    static Surroundings real() {
        return new Surroundings(
                System.getenv(), time -> Thread.sleep(time.toMillis()), FreeSpace.OF_DISK, Duration.ofSeconds(60));
    }

    /** The value of the first variable that is set and not blank; or else empty. */
    String variable(String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
