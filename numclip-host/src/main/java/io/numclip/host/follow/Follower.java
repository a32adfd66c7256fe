package io.numclip.host.follow;

import java.io.IOException;
import java.util.List;

/** Is told how far a training is, on the training thread. */
public interface Follower {

    /**
     * An epoch is over, or a training resumes.
     *
     * @param epochs all that are finished, those of earlier processes included; at least one
     * @throws IOException if something could not be kept; the training goes on, and its user is told once
     */
    void reached(List<FollowedEpoch> epochs) throws IOException;

    /** @throws IOException if something is missing for good; its user is told */
    default void ended(RunEnd end) throws IOException {}
}
