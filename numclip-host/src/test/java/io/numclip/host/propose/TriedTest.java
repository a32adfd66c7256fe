package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TriedTest {

    private static final TrialPart ONE = new TrialPart(List.of(), TrialPartTest.images("a", 1));
    private static final TrialPart THREE = new TrialPart(List.of(), TrialPartTest.images("b", 3));

    static Tried once(Candidate candidate, double error, double done) {
        List<Double> errors = Double.isFinite(error) ? List.of(error) : List.of();
        return new Tried(candidate, List.of(errors), candidate.course().epochs() == 0 ? 0 : 1, done);
    }

    /** The least error of each part alone would be 0.5 on average. */
    @Test
    void partsAreComparedAfterTheSameEpoch() {
        Tried tried = tried(false, List.of(List.of(0.5, 3.0, 0.0), List.of(4.0, 0.5)));
        assertThat(tried.error(List.of(ONE))).isZero();
        assertThat(tried.error(List.of(ONE, THREE))).isEqualTo((3.0 + 3 * 0.5) / 4);
    }

    @Test
    void aTrainingThatDivergedOnAPartHasNoError() {
        Tried tried = tried(true, List.of(List.of(0.5), List.of()));
        assertThat(tried.error(List.of(ONE, ONE))).isInfinite();
        assertThat(tried.error(List.of(ONE))).isEqualTo(0.5);
    }

    @Test
    void theLastEpochCountsWhereAWholeTrainingKeepsIt() {
        Tried tried = tried(true, List.of(List.of(0.5, 0.1, 3.0), List.of(4.0, 0.7)));
        assertThat(tried.error(List.of(ONE))).isEqualTo(3);
        assertThat(tried.error(List.of(ONE, ONE))).isEqualTo((0.1 + 0.7) / 2);
    }

    private static Tried tried(boolean keepsLast, List<List<Double>> errors) {
        return new Tried(Candidate.learning(24, keepsLast).get(0), errors, 3, 0.03);
    }
}
