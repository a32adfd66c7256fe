package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CandidateTest {

    private static final String SMALL = "no CLIP: small network, images warped";

    @Test
    void theNumberOfImagesSaysHowATowerTrains() {
        assertThat(List.of(24, 240, 1000, 20_000))
                .extracting(images -> Candidate.learning(images, true).stream()
                        .map(Candidate::title)
                        .toList())
                .containsExactly(
                        List.of("image tower at 1e-3, images warped", SMALL),
                        List.of("image tower at 3e-4, images warped", "image tower at 1e-3, images warped", SMALL),
                        List.of("image tower at 1e-3, images warped", "image tower at 1e-3", SMALL),
                        List.of("image tower at 1e-3", SMALL));
        assertThat(tower(24, true).text()).contains("epochs: 100 ", "batchSize: 16", "keep: last");
        assertThat(tower(240, true).text()).contains("keep: last");
        assertThat(tower(20_000, false).text())
                .contains("epochs: 10 ", "batchSize: 32")
                .doesNotContain("patience", "keep: last");
    }

    @Test
    void aTrialTrainsForFewerEpochs() {
        assertThat(tower(240, true).lasting(7).text())
                .contains("imageEncoder: 3e-4", "  epochs: 7 ", "  milestones: [4, 5] ", "turn: 10");
    }

    @Test
    void aNetworkThatKnowsNothingLearnsUpToTheLastEpoch() {
        assertThat(List.of(24, 300, 2000, 20_000))
                .extracting(images -> Course.fromScratch(images).epochs())
                .containsExactly(400, 150, 60, 10);
        assertThat(Course.fromScratch(300).text())
                .contains("schedule: cosine", "keep: last")
                .doesNotContain("milestones");
    }

    @Test
    void whatIsComputedAtOnceHasNoEpochs() {
        assertThat(Candidate.frozen(240, true))
                .filteredOn(candidate -> candidate.course().epochs() == 0)
                .hasSize(8)
                .allSatisfy(candidate -> assertThat(candidate.text())
                        .containsAnyOf("method: neighbours\n", "method: kernel\n")
                        .contains("It reads no words")
                        .endsWith("training:\n  learningRates: {imageEncoder: 0}"));
    }

    @Test
    void whatNeedsNoClipSaysSo() {
        assertThat(Stream.concat(Candidate.frozen(24, true).stream(), Candidate.learning(24, true).stream()))
                .filteredOn(Candidate::isWithoutClip)
                .hasSize(4)
                .allMatch(candidate -> candidate.title().startsWith("no CLIP: "));
    }

    /** As many on all parts as tell something; on one, where there are many images. */
    @Test
    void aTowerLearnsFromSoManyImages() {
        assertThat(Trial.Dose.of(tower(24, true), 24, 5)).isEqualTo(new Trial.Dose(100, 5));
        assertThat(Trial.Dose.of(tower(240, true), 192, 5)).isEqualTo(new Trial.Dose(40, 1));
        assertThat(Trial.Dose.of(tower(2000, false), 1500, 1)).isEqualTo(new Trial.Dose(10, 1));
        assertThat(Trial.Dose.of(tower(2000, false), 20_000, 1)).isEqualTo(new Trial.Dose(1, 1));
    }

    @Test
    void aNetworkFromScratchIsTriedWhole() {
        assertThat(Trial.Dose.of(scratch(24, true), 24, 5)).isEqualTo(new Trial.Dose(400, 4));
        assertThat(Trial.Dose.of(scratch(300, true), 288, 5)).isEqualTo(new Trial.Dose(150, 1));
        assertThat(Trial.Dose.of(scratch(2000, false), 1500, 1)).isEqualTo(new Trial.Dose(60, 1));
        assertThat(Trial.Dose.of(scratch(20_000, false), 1500, 1))
                .as("10 epochs of so few images would be too short")
                .isEqualTo(new Trial.Dose(60, 1));
    }

    /** They are compared on all parts. */
    @Test
    void whatLearnsNoTowerIsTriedWholeOnAllParts() {
        assertThat(Candidate.frozen(300, true))
                .allSatisfy(candidate -> assertThat(Trial.Dose.of(candidate, 288, 5))
                        .isEqualTo(new Trial.Dose(candidate.course().epochs(), 5)));
    }

    private static Candidate scratch(int images, boolean keepsLast) {
        List<Candidate> learning = Candidate.learning(images, keepsLast);
        return learning.get(learning.size() - 1);
    }

    private static Candidate tower(int images, boolean keepsLast) {
        return Candidate.learning(images, keepsLast).get(0);
    }
}
