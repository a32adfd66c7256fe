package io.numclip.host.follow;

import java.time.Duration;

/**
 * How long an MLflow server is waited for, always beside the training but for the two ends.
 *
 * @param answer for a connection, and for an answer
 * @param pause after a failure, until it is tried again
 * @param end for everything that is missing, when the run has ended
 * @param stop likewise, when it was stopped
 */
record MlflowPatience(Duration answer, Duration pause, Duration end, Duration stop) {

    static MlflowPatience usual() {
        return new MlflowPatience(
                Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(15), Duration.ofSeconds(2));
    }
}
