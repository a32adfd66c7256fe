package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChoiceTest {

    private static final double NO_CHANCE = 1;
    private static final List<TrialPart> PARTS = List.of(new TrialPart(List.of(), TrialPartTest.images("a", 100)));
    private static final List<Double> CONSTANTS = List.of(4.0);
    private static final Candidate PIXELS = Candidate.frozen(240, true).get(0);
    private static final Candidate FEATURES = Candidate.frozen(240, true).get(4);
    private static final Candidate LOW = Candidate.learning(240, true).get(0);
    private static final Candidate HIGH = Candidate.learning(240, true).get(1);

    @Test
    void theBestOfThoseThatLearnNothingOfTheTowerStandsAgainstTheBetterTower() {
        assertThat(chosen(2, 1.5, 1, 0.9)).isSameAs(HIGH);
        assertThat(chosen(2, 1.5, 1, 1.1)).isSameAs(LOW);
        assertThat(chosen(2, 0.5, 1, 1.1)).isSameAs(FEATURES);
        assertThat(chosen(0.5, 0.6, 1, 1.1)).isSameAs(PIXELS);
        assertThat(chosen(2, 0, 0, 0)).as("nothing can be better").isSameAs(FEATURES);
    }

    /** A tower has had four tenths of its training: it may be worse by 1.5 to the power of 0.6, and by a standard error. */
    @Test
    void aTowerGetsBetterStill() {
        assertThat(chosen(2, 1, 1.38, 3)).isSameAs(LOW);
        assertThat(chosen(2, 1, 1.42, 3)).isSameAs(FEATURES);
        Choice groups = new Choice(PARTS, CONSTANTS, 240, true);
        assertThat(groups.of(tried(2, 1, 1.01, 3)).candidate())
                .as("but what is learned longer fits the groups that are there")
                .isSameAs(FEATURES);
    }

    /** One that is as good as always the same number has learned nothing, and needs no time to show it. */
    @Test
    void aTowerThatLearnsNothingGetsNoTime() {
        assertThat(chosen(5, 3.6, 3.7, 5)).isSameAs(FEATURES);
        assertThat(chosen(5, 3.5, 3.6, 5))
                .as("a tenth better than the constant")
                .isSameAs(LOW);
    }

    @Test
    void aNetworkWithoutAClipIsChosenWhereTheTowerIsNoBetter() {
        Candidate small = Candidate.learning(240, true).get(2);
        List<Tried> tried = new ArrayList<>(tried(2, 1.5, 1, 0.9));
        tried.add(TriedTest.once(small, 1.02, 0.4));
        assertThat(new Choice(PARTS, CONSTANTS, 240, false).of(tried).candidate())
                .isSameAs(HIGH);
        tried.set(4, TriedTest.once(small, 0.95, 0.4));
        assertThat(new Choice(PARTS, CONSTANTS, 240, false).of(tried).candidate())
                .as("chance may be the difference")
                .isSameAs(small);
        assertThat(new Choice(PARTS, CONSTANTS, 99, false).of(tried).candidate())
                .as("of few images it must be better")
                .isSameAs(HIGH);
    }

    /** What the rest of its training may bring counts for the tower: 1.5^0.6 = 1.28. */
    @Test
    void aNetworkThatHasHadItsTrainingStandsAgainstTheTowersEnd() {
        Candidate small = Candidate.learning(240, true).get(2);
        List<Tried> tried = new ArrayList<>(List.of(
                TriedTest.once(Candidate.frozen(240, true).get(0), 3, 1),
                TriedTest.once(LOW, 1.5, 0.4),
                TriedTest.once(HIGH, 1.5, 0.4),
                TriedTest.once(small, 1.15, 1)));
        assertThat(new Choice(PARTS, CONSTANTS, 240, false).of(tried).candidate())
                .isSameAs(small);
        assertThat(new Choice(PARTS, CONSTANTS, 240, true).of(tried).candidate())
                .as("with groups nothing is hoped for")
                .isSameAs(small);
        tried.set(3, TriedTest.once(small, 1.35, 1));
        assertThat(new Choice(PARTS, CONSTANTS, 240, false).of(tried).candidate())
                .isNotSameAs(small);
    }

    @Test
    void aTowerThatDivergedIsNotChosen() {
        double diverged = Double.POSITIVE_INFINITY;
        assertThat(chosen(2, 1, diverged, diverged)).isSameAs(FEATURES);
    }

    @Test
    void whatPaysLateMayBeALittleWorse() {
        assertThat(Choice.isPreferred(1.4, 1, 1.5, 0, NO_CHANCE)).isTrue();
        assertThat(Choice.isPreferred(1.6, 1, 1.5, 0, NO_CHANCE)).isFalse();
    }

    @Test
    void afterAWholeTrainingItMustBeAsGood() {
        assertThat(Choice.isPreferred(1.01, 1, 1.5, 1, NO_CHANCE)).isFalse();
        assertThat(Choice.isPreferred(1, 1, 1.5, 1, NO_CHANCE)).isTrue();
    }

    @Test
    void fewPredictionsDoNotTell() {
        double chance = Choice.chance(25, 1);
        assertThat(Choice.isPreferred(1.22, 1, 1.5, 1, chance)).isTrue();
        assertThat(Choice.isPreferred(1.23, 1, 1.5, 1, chance)).isFalse();
        assertThat(Choice.isPreferred(1.01, 1, 1, 1, chance)).isFalse();
        assertThat(Choice.chance(100, 1)).isCloseTo(1.105, within(0.001));
        assertThat(Choice.chance(25, 3)).isCloseTo(1.822, within(0.001));
    }

    private static Candidate chosen(double pixels, double features, double low, double high) {
        return new Choice(PARTS, CONSTANTS, 240, false)
                .of(tried(pixels, features, low, high))
                .candidate();
    }

    private static List<Tried> tried(double pixels, double features, double low, double high) {
        return List.of(
                TriedTest.once(PIXELS, pixels, 1),
                TriedTest.once(FEATURES, features, 1),
                TriedTest.once(LOW, low, 0.4),
                TriedTest.once(HIGH, high, 0.4));
    }
}
