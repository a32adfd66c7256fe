package io.numclip.host.follow;

import io.numclip.training.TrainingConfig;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.ForwardingListener;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Passes everything on to a listener, and tells followers of the epochs. What a follower fails at is a warning. */
public final class Followers extends ForwardingListener {

    private final List<Follower> all;
    private final TrainingConfig config;
    private final Map<Integer, Instant> times;
    private final List<FollowedEpoch> epochs = new ArrayList<>();
    private final Set<Follower> failed = new HashSet<>();

    /**
     * @param shown gets the warnings, too
     * @param times when the epochs of earlier processes were over, as far as it is known
     */
    public Followers(TrainingListener shown, List<Follower> all, TrainingConfig config, Map<Integer, Instant> times) {
        super(shown);
        this.all = List.copyOf(all);
        this.config = config;
        this.times = times;
    }

    /** All that are over. */
    public List<FollowedEpoch> epochs() {
        return List.copyOf(epochs);
    }

    @Override
    public void resumed(List<EpochResult> earlier) {
        super.resumed(earlier);
        Instant now = now();
        earlier.forEach(epoch -> add(epoch, times.getOrDefault(epoch.epoch(), now)));
        tell();
    }

    @Override
    public void epochFinished(EpochResult result) {
        super.epochFinished(result);
        add(result, now());
        tell();
    }

    /** Ends all followers. To be called once, whatever has happened. */
    public void ended(RunEnd end) {
        for (Follower follower : all) {
            try {
                follower.ended(end);
            } catch (IOException problem) {
                warning(String.valueOf(problem.getMessage()));
            }
        }
    }

    private void add(EpochResult result, Instant finished) {
        epochs.add(new FollowedEpoch(result, finished, config.rates(result.epoch())));
    }

    private void tell() {
        for (Follower follower : all) {
            try {
                follower.reached(epochs());
            } catch (IOException problem) {
                if (failed.add(follower)) {
                    warning(String.valueOf(problem.getMessage()));
                }
            }
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
