package io.numclip.runner.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.runner.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CellProgressTest {

    private final StringWriter err = new StringWriter();

    @Test
    void onATerminalALineMovesWithinATraining() {
        CellProgress progress = progress(true);
        progress.begin("1/2  age, numclip, seed 1", 2);
        progress.imagesEncoded(32, 400);
        progress.epochStarted(3, 20, 60);
        assertThat(err.toString())
                .contains("\r\u001b[K1/2  age, numclip, seed 1: reading images")
                .contains("encoding images, 32 of 400")
                .endsWith("\r\u001b[K1/2  age, numclip, seed 1: epoch 3/20");
        progress.end("MAE 1.000", 1);
        progress.begin("2/2  age, coral, seed 1", 1);
        assertThat(err.toString()).endsWith("2/2  age, coral, seed 1: reading images, about 0 s left in all");
    }

    @Test
    void elsewhereATrainingIsALineWithTheTimeThatIsLeft() {
        CellProgress progress = progress(false);
        progress.begin("1/2  age, numclip, seed 1", 2);
        progress.epochStarted(3, 20, 60);
        progress.end("MAE 1.000", 1);
        progress.begin("2/2  age, coral, seed 1", 1);
        progress.end("MAE 2.000", 0);
        assertThat(err.toString().lines())
                .containsExactly(
                        "1/2  age, numclip, seed 1: MAE 1.000, about 0 s left", "2/2  age, coral, seed 1: MAE 2.000");
        assertThat(progress.trained()).isEqualTo(2);
    }

    @Test
    void aDurationIsRounded() {
        assertThat(CellProgress.duration(12.4)).isEqualTo("12 s");
        assertThat(CellProgress.duration(300)).isEqualTo("5 min");
        assertThat(CellProgress.duration(9_000)).isEqualTo("2.5 h");
    }

    private CellProgress progress(boolean terminal) {
        PrintWriter writer = new PrintWriter(err);
        return new CellProgress(new Console(writer, writer, terminal), false);
    }
}
