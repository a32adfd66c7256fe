package io.numclip.host.propose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialResultTest {

    private static final Candidate PIXELS = Candidate.frozen(240, true).get(0);
    private static final Candidate TOWER = Candidate.learning(240, true).get(0);

    @Test
    void everythingTriedIsARow() {
        assertThat(lines(100, 0.9, 0.8, true))
                .contains(
                        "Tried on 0 training images; MAE of 100 predictions for validation images, in years:",
                        "  no CLIP: nearest neighbours of pixels                 0.900",
                        "  image tower at 3e-4, images warped                    0.800  1 epoch",
                        "Proposed: image tower at 3e-4, images warped, 100 epochs.",
                        "That is longer than tried, and so probably better than above.")
                .allMatch(line -> line.length() <= 100);
    }

    @Test
    void wherePixelsAreBetterARealClipIsNamed() {
        assertThat(lines(100, 0.5, 0.7, false))
                .contains("Proposed: no CLIP: nearest neighbours of pixels.")
                .anyMatch(line -> line.contains("sees less in these images than was learned without it"));
    }

    @Test
    void somethingSimplerThatIsBetterIsSaid() {
        assertThat(lines(100, 0.5, 0.7, true))
                .contains(
                        "So far 'no CLIP: nearest neighbours of pixels' is better; the rest of the training, or chance, may");
        assertThat(lines(100, 0.69, 0.7, true)).noneMatch(line -> line.startsWith("So far"));
    }

    @Test
    void whatIsNoBetterThanAConstantIsSaid() {
        String nothing = "Nothing tried was better than always the same number, beyond chance.";
        assertThat(lines(100, 1.2, 0.95, true)).contains(nothing, "That is longer than tried.");
        assertThat(lines(100, 1.2, 0.85, true)).doesNotContain(nothing);
        assertThat(lines(16, 1.2, 0.85, true)).contains(nothing);
    }

    @Test
    void whatWasTriedWholeIsNotCalledLonger() {
        List<TrialPart> parts = List.of(new TrialPart(List.of(), TrialPartTest.images("a", 100)));
        int whole = TOWER.course().epochs();
        Tried tried = new Tried(TOWER, List.of(Collections.nCopies(whole, 0.5)), whole, 0.96);
        assertThat(new TrialResult(parts, List.of(1.0), List.of(TriedTest.once(PIXELS, 0.9, 1), tried), tried)
                        .lines("years"))
                .noneMatch(line -> line.contains("longer"));
    }

    private static List<String> lines(int predictions, double simple, double trained, boolean tower) {
        List<TrialPart> parts = List.of(new TrialPart(List.of(), TrialPartTest.images("a", predictions)));
        List<Tried> tried = List.of(TriedTest.once(PIXELS, simple, 1), TriedTest.once(TOWER, trained, 0.4));
        return new TrialResult(parts, List.of(1.0), tried, tried.get(tower ? 1 : 0)).lines("years");
    }
}
