package io.numclip.host.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.training.TrainingConfig;
import io.numclip.training.progress.EpochResult;
import io.numclip.training.progress.TrainingListener;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private static final Instant EARLIER = Instant.parse("2030-01-01T00:00:00Z");

    private final List<String> warnings = new ArrayList<>();
    private final TrainingListener shown = new TrainingListener() {
        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    };
    private final List<String> heard = new ArrayList<>();

    @Test
    void everyFollowerHearsOfAllEpochsSoFar() {
        Followers followers = followers(
                epochs -> heard.add(epochs.size() + " at " + epochs.get(0).finished()));
        followers.resumed(List.of(epoch(1), epoch(2)));
        followers.epochFinished(epoch(3));
        assertThat(heard).containsExactly("2 at " + EARLIER, "3 at " + EARLIER);
        assertThat(followers.epochs().get(2).learningRates())
                .containsEntry("imageEncoder", 1e-5)
                .doesNotContainKey("textEncoder");
    }

    @Test
    void oneThatFailsIsAWarningOnceAndTheOthersHear() {
        Follower failing = epochs -> {
            throw new IOException("the disk is full");
        };
        Followers followers = followers(failing, epochs -> heard.add("heard"));
        followers.epochFinished(epoch(1));
        followers.epochFinished(epoch(2));
        assertThat(warnings).containsExactly("the disk is full");
        assertThat(heard).containsExactly("heard", "heard");
    }

    private Followers followers(Follower... all) {
        return new Followers(shown, List.of(all), TrainingConfig.defaults(), Map.of(1, EARLIER));
    }

    private static EpochResult epoch(int number) {
        return new EpochResult(number, Map.of(), 0.5, 2.25, true, 0, 1);
    }
}
