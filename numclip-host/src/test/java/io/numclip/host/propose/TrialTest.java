package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.numclip.host.config.Setting;
import io.numclip.host.propose.Trial.Tried;
import io.numclip.host.propose.TrialResult.Row;
import io.numclip.host.result.YardstickKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {

    private static final ProposedTraining LOW = ProposedTraining.byNumber(240, 100);
    private static final double NO_CHANCE = 1;

    @Test
    void theNumberOfImagesSaysHowATowerTrains() {
        assertThat(List.of(24, 240, 1000, 20_000))
                .extracting(images -> ProposedTraining.byNumber(images, 100).title())
                .containsExactly(
                        "image tower at 1e-3, images warped",
                        "image tower at 3e-4, images warped",
                        "image tower at 1e-3, images warped",
                        "image tower at 1e-3");
        assertThat(ProposedTraining.byNumber(24, 6).text()).contains("epochs: 100 ", "batchSize: 16", "keep: last");
        assertThat(ProposedTraining.byNumber(20_000, 100).text())
                .contains("epochs: 10 ", "batchSize: 32", "patience: 3 ");
    }

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
        Tried tried = new Tried(List.of(List.of(0.5, 3.0, 0.0), List.of(4.0, 0.5)), 3, false);
        assertThat(tried.error(List.of(one))).isZero();
        assertThat(tried.error(List.of(one, three))).isEqualTo((3.0 + 3 * 0.5) / 4);
    }

    @Test
    void aTrainingThatDivergedOnAPartHasNoError() {
        TrialPart one = new TrialPart(List.of(), TrialPartTest.images("a", 1));
        Tried tried = new Tried(List.of(List.of(0.5), List.of()), 3, false);
        assertThat(tried.error(List.of(one, one))).isInfinite();
        assertThat(tried.error(List.of(one))).isEqualTo(0.5);
    }

    @Test
    void theLastEpochCountsWhereAWholeTrainingKeepsIt() {
        TrialPart one = new TrialPart(List.of(), TrialPartTest.images("a", 1));
        Tried tried = new Tried(List.of(List.of(0.5, 0.1, 3.0), List.of(4.0, 0.7)), 3, true);
        assertThat(tried.error(List.of(one))).isEqualTo(3);
        assertThat(tried.error(List.of(one, one))).isEqualTo((0.1 + 0.7) / 2);
    }

    @Test
    void neighboursAreModelsToo() {
        ProposedTraining pixels = LOW.with(YardstickKind.NEIGHBOURS_OF_PIXELS, true);
        ProposedTraining features = LOW.with(YardstickKind.NEIGHBOURS_OF_FEATURES, true);
        assertThat(pixels.isOfPixels()).isTrue();
        assertThat(features.isOfPixels()).isFalse();
        assertThat(List.of(pixels.text(), features.text())).allMatch(text -> text.contains("method: neighbours"));
        assertThat(lines(pixels, 0.5, 0.7, 1))
                .contains("Proposed: no CLIP: nearest neighbours of pixels. No training was better on the same images.")
                .anyMatch(line -> line.contains("sees less in these images than their plain pixels"));
    }

    @Test
    void linearClassifiersAreModelsToo() {
        ProposedTraining pixels = LOW.with(YardstickKind.REGRESSION_ON_PIXELS, true);
        assertThat(pixels.text())
                .contains(
                        "method: linear-probe\nfineHead: {type: likeliest}\n",
                        "  epochs: 100 ",
                        "  patience: 33 ",
                        "coarseHead: 1e-2");
        assertThat(LOW.with(YardstickKind.REGRESSION_ON_FEATURES, false).text()).doesNotContain("likeliest");
    }

    @Test
    void aTrialTrainsForAsLongAsItHasTime() {
        assertThat(LOW.settings(7))
                .extracting(Setting::toString)
                .anyMatch(text -> text.contains("imageEncoder: 3e-4"))
                .anyMatch(text -> text.contains("training.epochs") && text.contains("7"));
    }

    @Test
    void aSimplePredictorThatIsBetterIsSaid() {
        assertThat(lines(LOW, 0.5, 0.7, 1))
                .contains("That is longer than tried, and so probably better than above.")
                .anyMatch(line -> line.startsWith("A simple predictor, nearest neighbours, pixels, is"));
        assertThat(lines(LOW, 0.69, 0.7, 1)).noneMatch(line -> line.startsWith("A simple predictor"));
    }

    @Test
    void whyAnotherThanTheBestIsProposedIsSaid() {
        TrialResult result = new TrialResult(
                List.of(
                        new Row("nearest neighbours, pixels", 0.9, 0, 22),
                        new Row(LOW.title(), 0.8, LOW.epochs(), 22),
                        new Row("image tower at 1e-3, images warped", 0.7, 100, 4)),
                LOW,
                10,
                Duration.ofSeconds(3));
        assertThat(result.lines("years"))
                .contains("Tried in 3 s on 10 training images; MAE of 22 predictions for validation images, in years:")
                .anyMatch(line -> line.endsWith(" 0.700  100 epochs  4 predictions"))
                .anyMatch(line -> line.equals("On the same images no other was better beyond chance."));
    }

    @Test
    void whatIsNoBetterThanAConstantIsSaid() {
        assertThat(besideAConstant(0.95, 100))
                .contains("That is longer than tried.")
                .anyMatch(line -> line.startsWith("Nothing tried was better than"));
        assertThat(besideAConstant(0.85, 100)).noneMatch(line -> line.startsWith("Nothing tried was better than"));
        assertThat(besideAConstant(0.85, 16)).anyMatch(line -> line.startsWith("Nothing tried was better than"));
    }

    private static List<String> besideAConstant(double mae, int predictions) {
        List<Row> rows = List.of(
                new Row(TrialResult.CONSTANT, 1, 0, predictions),
                new Row("nearest neighbours, pixels", 1.2, 0, predictions),
                new Row(LOW.title(), mae, 1, predictions));
        return new TrialResult(rows, LOW, 10, Duration.ofSeconds(3)).lines("years");
    }

    private static List<String> lines(ProposedTraining proposal, double simple, double trained, int epochs) {
        List<Row> rows =
                List.of(new Row("nearest neighbours, pixels", simple, 0, 5), new Row(LOW.title(), trained, epochs, 5));
        return new TrialResult(rows, proposal, 10, Duration.ofSeconds(3)).lines("years");
    }
}
