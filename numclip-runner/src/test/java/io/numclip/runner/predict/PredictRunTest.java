package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException;
import io.numclip.host.message.Diagnosis;
import io.numclip.host.message.ExitCodes;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictRunTest {

    private static final FileSystemException FULL =
            new FileSystemException("rows.csv", null, "No space left on device");

    @TempDir
    Path folder;

    @Test
    void aFullDiskSaysWhatIsFreeWhatIsNeededAndHowToGoOn() throws IOException {
        Path out = folder.resolve("rows.csv");
        new OutputState(Map.of(), 4_000_000, new Tally.Count(1000, 2, 0, List.of(0L), "x.png", "", 0)).write(out);
        NumClipException told = PredictRun.unfinished(out, OptionalLong.of(3500), disk -> 40_000, FULL);
        assertThat(told)
                .hasMessage("rows.csv: No space left on device; free on its disk are 0.0 MB; the other 2500 images need"
                        + " about 10.0 MB");
        assertThat(told.fix())
                .isEqualTo("make space if the disk is full, then run the same command with --resume: 1000 images of it"
                        + " are kept in " + out + ".part");
        assertThat(Diagnosis.of(told).exitCode()).isEqualTo(ExitCodes.of(NumClipException.Kind.IO));
    }

    @Test
    void aFullDiskBeforeTheFirstRowSaysWhatIsFree() throws IOException {
        NumClipException told =
                PredictRun.unfinished(folder.resolve("rows.csv"), OptionalLong.empty(), disk -> 2_000_000, FULL);
        assertThat(told).hasMessage("rows.csv: No space left on device; free on its disk are 2.0 MB");
    }
}
