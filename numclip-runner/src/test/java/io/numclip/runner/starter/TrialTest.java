package io.numclip.runner.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.host.config.Setting;
import io.numclip.runner.starter.Trial.Result;
import io.numclip.runner.starter.Trial.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final StarterTraining LEARNED = StarterTraining.of(1000, 100, 3e-4);
    private static final StarterTraining WARPED = LEARNED.withWarps(true);
    private static final StarterTraining FROZEN =
            StarterTraining.of(1000, 100, 0).withOtherRate(1e-2);

    private static final double NO_CHANCE = 1;

    @Test
    void whatPaysLateMayBeALittleWorse() {
        assertThat(Trial.isPreferred(1.4, 1, 1.5, 0, NO_CHANCE)).isTrue();
        assertThat(Trial.isPreferred(1.6, 1, 1.5, 0, NO_CHANCE)).isFalse();
        assertThat(Trial.isPreferred(Double.POSITIVE_INFINITY, 1, 1.5, 0, NO_CHANCE))
                .isFalse();
    }

    @Test
    void afterAWholeTrainingItMustBeAsGood() {
        assertThat(Trial.isPreferred(1.01, 1, 1.5, 1, NO_CHANCE)).isFalse();
        assertThat(Trial.isPreferred(1, 1, 1.5, 1, NO_CHANCE)).isTrue();
        assertThat(Trial.isPreferred(1.4, 1, 2.25, 0.5, NO_CHANCE)).isTrue();
        assertThat(Trial.isPreferred(1.6, 1, 2.25, 0.5, NO_CHANCE)).isFalse();
    }

    @Test
    void fewPredictionsDoNotTell() {
        double chance = Trial.chance(25, 1);
        assertThat(Trial.isPreferred(1.22, 1, 1.5, 1, chance)).isTrue();
        assertThat(Trial.isPreferred(1.23, 1, 1.5, 1, chance)).isFalse();
        assertThat(Trial.isPreferred(1.01, 1, 1, 1, chance)).isFalse();
        assertThat(Trial.chance(100, 1)).isCloseTo(1.105, within(0.001));
        assertThat(Trial.chance(25, 3)).isCloseTo(1.822, within(0.001));
    }

    @Test
    void whatLeavesLittleOfTheErrorOfAConstantLearnsFast() {
        assertThat(Trial.learnsFast(0.49, 2)).isTrue();
        assertThat(Trial.learnsFast(0.51, 2)).isFalse();
        assertThat(Trial.learnsFast(Double.POSITIVE_INFINITY, 2)).as("diverged").isFalse();
    }

    /** The least error of each part alone would be 0.5 on average. */
    @Test
    void partsAreComparedAfterTheSameEpoch() {
        TrialPart one = new TrialPart(List.of(), TrialPartTest.images("a", 1));
        TrialPart three = new TrialPart(List.of(), TrialPartTest.images("b", 3));
        Tried tried = new Tried(3, false);
        tried.add(List.of(0.5, 3.0, 0.0), 7);
        assertThat(tried.of(List.of(one, three))).containsExactly(one);
        assertThat(tried.error(List.of(one))).isZero();
        tried.add(List.of(4.0, 0.5), 5);
        assertThat(tried.error(List.of(one, three))).isEqualTo((3.0 + 3 * 0.5) / 4);
        assertThat(tried.longest()).isEqualTo(7);
    }

    @Test
    void aTrainingThatDivergedOnAPartHasNoError() {
        TrialPart one = new TrialPart(List.of(), TrialPartTest.images("a", 1));
        Tried tried = new Tried(3, false);
        tried.add(List.of(0.5), 1);
        tried.add(List.of(), 1);
        assertThat(tried.error(List.of(one, one))).isInfinite();
        assertThat(tried.error(List.of(one))).isEqualTo(0.5);
    }

    /** Where the whole training keeps its last epoch, too. */
    @Test
    void theLastEpochCountsWhereItIsKept() {
        TrialPart one = new TrialPart(List.of(), TrialPartTest.images("a", 1));
        Tried tried = new Tried(3, true);
        tried.add(List.of(0.5, 0.1, 3.0), 7);
        assertThat(tried.error(List.of(one))).isEqualTo(3);
        tried.add(List.of(4.0, 0.7), 5);
        assertThat(tried.error(List.of(one, one))).isEqualTo((0.1 + 0.7) / 2);
        tried.add(List.of(), 5);
        assertThat(tried.error(List.of(one, one, one))).isInfinite();
    }

    @Test
    void theFirstLayersMayLearnLess() {
        assertThat(WARPED.decayed().text()).contains("{imageEncoder: 3e-4, layerDecay: 0.7, adapter: 1e-3,");
        assertThat(WARPED.decayed().title()).isEqualTo("image tower at 3e-4, layerDecay 0.7, images warped");
        assertThat(List.of(WARPED.text(), FROZEN.decayed().text())).noneMatch(text -> text.contains("layerDecay"));
    }

    @Test
    void eachTrainingHasATitleOfItsOwn() {
        assertThat(List.of(LEARNED.title(), WARPED.title(), FROZEN.title()))
                .containsExactly(
                        "image tower at 3e-4",
                        "image tower at 3e-4, images warped",
                        "image tower frozen, the rest at 1e-2");
    }

    @Test
    void neighboursAreModelsToo() {
        StarterTraining pixels = LEARNED.with(StarterTraining.Method.NEIGHBOURS_OF_PIXELS, true);
        StarterTraining features = LEARNED.with(StarterTraining.Method.NEIGHBOURS_OF_FEATURES, true);
        assertThat(pixels.settings(0)).extracting(Setting::toString).anyMatch(text -> text.contains("pixels"));
        assertThat(features.settings(0)).extracting(Setting::toString).noneMatch(text -> text.contains("pixels"));
        assertThat(List.of(pixels.text(), features.text())).allMatch(text -> text.contains("method: neighbours"));
        assertThat(lines(pixels, 0.5, 0.7))
                .contains("Proposed: no CLIP: nearest neighbours of pixels. No training was better on the same images.")
                .anyMatch(line -> line.contains("sees less in these images than their plain pixels"));
    }

    @Test
    void linearClassifiersAreModelsToo() {
        StarterTraining pixels = LEARNED.with(StarterTraining.Method.PROBE_OF_PIXELS, true);
        assertThat(pixels.text())
                .contains(
                        "method: linear-probe\nfineHead: {type: likeliest}\n",
                        "  epochs: 100 ",
                        "  patience: 33 ",
                        "coarseHead: 1e-2");
        assertThat(pixels.settings(7))
                .extracting(Setting::toString)
                .anyMatch(text -> text.contains("backbone.model"))
                .anyMatch(text -> text.contains("training.epochs") && text.contains("7"));
        assertThat(lines(pixels, 0.5, 0.7))
                .contains(
                        "Proposed: no CLIP: linear classifier of pixels, 100 epochs.",
                        "That is longer than tried, and so probably better than above.");
    }

    @Test
    void aSimplePredictorThatIsBetterIsSaid() {
        assertThat(lines(0.5, 0.7))
                .anyMatch(line -> line.startsWith("A simple predictor, nearest neighbours, pixels, is"));
        assertThat(lines(0.69, 0.7)).noneMatch(line -> line.startsWith("A simple predictor"));
    }

    private static List<String> lines(double simple, double trained) {
        return lines(LEARNED, simple, trained);
    }

    @Test
    void whyAnotherThanTheBestIsProposedIsSaid() {
        assertThat(lines(LEARNED, 0.8, 0.7, LEARNED.epochs())).anyMatch(line -> line.endsWith(" epochs."));
        Result result = new Result(
                List.of(
                        new Row("nearest neighbours, pixels", 0.9, 0, 22),
                        new Row(LEARNED.title(), 0.8, LEARNED.epochs(), 22),
                        new Row(FROZEN.title(), 0.7, 100, 4)),
                LEARNED,
                10,
                Duration.ofSeconds(3));
        assertThat(new TrialText(result, "years").lines())
                .contains("Tried in 3 s on 10 training images; MAE of 22 predictions for validation images, in years:")
                .anyMatch(line -> line.endsWith(" 0.700  100 epochs  4 predictions"))
                .anyMatch(line -> line.equals("On the same images no other was better beyond chance."));
    }

    @Test
    void whatIsNoBetterThanAConstantIsSaid() {
        assertThat(besideAConstant(0.95, 100)).anyMatch(line -> line.startsWith("Nothing tried was better than"));
        assertThat(besideAConstant(0.85, 100)).noneMatch(line -> line.startsWith("Nothing tried was better than"));
        assertThat(besideAConstant(0.85, 16)).anyMatch(line -> line.startsWith("Nothing tried was better than"));
    }

    @Test
    void whatLearnedNothingIsNotSaidToBeBetterLater() {
        assertThat(besideAConstant(0.95, 100)).contains("That is longer than tried.");
        assertThat(besideAConstant(0.85, 100)).anyMatch(line -> line.endsWith("probably better than above."));
    }

    @Test
    void whatLearnedNothingIsToStrayLeast() {
        assertThat(resultBesideAConstant(0.95, 100).orCautious(FROZEN, 0.3).proposal())
                .isEqualTo(FROZEN);
        assertThat(resultBesideAConstant(0.85, 100).orCautious(FROZEN, 0.3).proposal())
                .isEqualTo(LEARNED);
        assertThat(resultBesideAConstant(0.95, 100).orCautious(FROZEN, 0.1).proposal())
                .as("it may learn later")
                .isEqualTo(LEARNED);
    }

    private static List<String> besideAConstant(double mae, int predictions) {
        return new TrialText(resultBesideAConstant(mae, predictions), "years").lines();
    }

    private static Result resultBesideAConstant(double mae, int predictions) {
        return new Result(
                List.of(
                        new Row(Trial.CONSTANT, 1, 0, predictions),
                        new Row("nearest neighbours, pixels", 1.2, 0, predictions),
                        new Row(LEARNED.title(), mae, 1, predictions)),
                LEARNED,
                10,
                Duration.ofSeconds(3));
    }

    private static List<String> lines(StarterTraining proposal, double simple, double trained) {
        return lines(proposal, simple, trained, 1);
    }

    private static List<String> lines(StarterTraining proposal, double simple, double trained, int epochs) {
        Result result = new Result(
                List.of(
                        new Row("nearest neighbours, pixels", simple, 0, 5),
                        new Row(LEARNED.title(), trained, epochs, 5),
                        new Row(
                                LEARNED.with(StarterTraining.Method.PROBE_OF_PIXELS, true)
                                        .title(),
                                0.9,
                                epochs,
                                5)),
                proposal,
                10,
                Duration.ofSeconds(3));
        return new TrialText(result, "years").lines();
    }
}
