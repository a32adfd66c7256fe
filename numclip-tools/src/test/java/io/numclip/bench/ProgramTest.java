package io.numclip.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.testing.TinyClip;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ProgramTest {

    private static final String SECONDS = "seconds \\d+\\.\\d{6}";

    @TempDir
    private Path folder;

    @Test
    void fineTuningStepPrintsOneLine() throws IOException, ReflectiveOperationException {
        String directory = TinyClip.in(folder).directory().toString();
        assertThat(CommandLine.populateCommand(new FineTuningStep(), directory).call())
                .matches("seconds-per-step \\d+\\.\\d{6}");
    }

    @Test
    void absentModelIsRefusedInTwoLines() {
        StringWriter err = new StringWriter();
        CommandLine command = Program.command(new FineTuningStep()).setErr(new PrintWriter(err, true));
        assertThat(command.execute(folder.resolve("absent").toString())).isNotZero();
        assertThat(err.toString().lines())
                .satisfiesExactly(
                        what -> assertThat(what).startsWith("error: ").contains("absent"),
                        fix -> assertThat(fix).startsWith("  fix: "));
    }

    @Test
    void lossAndHeadPrintsBothAndTheLossesAlone() throws IOException, ReflectiveOperationException {
        assertThat(CommandLine.populateCommand(new LossAndHead(), "8", "5").call())
                .matches(SECONDS + "\nlosses-" + SECONDS);
    }

    @Test
    void growthPrintsTimeAndMemory() throws IOException, ReflectiveOperationException {
        String lines = "seconds-per-image \\d+\\.\\d{6}\nown-mib \\d+\\.\\d{6}\nmapped-mib \\d+\\.\\d{6}";
        assertThat(CommandLine.populateCommand(new GrowthOfPrediction(), "5", "2", "3")
                        .call())
                .matches(lines);
        assertThat(CommandLine.populateCommand(new GrowthOfTraining(), "5", "2", folder.toString(), "1")
                        .call())
                .matches(lines);
    }

    @Test
    void cacheOpeningPrintsOneLine() throws IOException {
        assertThat(CommandLine.populateCommand(new CacheOpening(), "50", "8").call())
                .matches(SECONDS);
    }

    @Test
    void cacheWithoutRowsIsRefused() {
        assertThatThrownBy(() -> CommandLine.populateCommand(new CacheOpening(), "0", "8")
                        .call())
                .isInstanceOf(NumClipException.class)
                .hasMessage("ROWS must be at least 1 and DIM 1 to 8192; found 0 and 8");
    }

    @Test
    void medianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Program.median(new double[] {9, 1, 2})).isEqualTo(2);
        assertThat(Program.median(new double[] {9, 1, 2, 4})).isEqualTo(3);
    }

    @Test
    void warmUpIsNoStep() {
        StepTimes times = new StepTimes(1);
        for (int epoch = 1; epoch <= 3; epoch++) {
            times.epochStarted(epoch, 3, 2);
            times.batchFinished(epoch, 1, 2, 0, 0);
            times.batchFinished(epoch, 2, 2, 0, 0);
        }
        assertThat(times.seconds()).hasSize(4);
    }
}
