package io.numclip.host.files;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.data.NumClipException;
import io.numclip.training.progress.EpochResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EpochsCsvTest {

    @TempDir
    private Path folder;

    @Test
    void epochsAreReadBackAndADamagedCellIsNamed() throws IOException {
        Path file = folder.resolve("epochs.csv");
        List<EpochResult> epochs = List.of(
                new EpochResult(1, Map.of("mae", 0.5), 0.5, 2.25, false, 0, 1.5),
                new EpochResult(2, Map.of("mae", 0.25), 0.25, 2, true, 3, 1.25));
        EpochsCsv.write(file, epochs);
        assertThat(EpochsCsv.read(file)).isEqualTo(epochs);
        String written = Files.readString(file);
        isRefused(file, written.replace("0.25,0.25", "0.25,?"), ":3: expected a number in the column mae; found \"?\"");
        isRefused(file, written.replace("true", "yes"), ":3: expected true or false in the column best; found \"yes\"");
        isRefused(
                file,
                written.replace("skippedSteps", "skipped"),
                ":1: expected a column skippedSteps; found the columns epoch, loss, ");
    }

    private static void isRefused(Path file, String text, String said) throws IOException {
        Files.writeString(file, text);
        assertRefused(NumClipException.Kind.DATA, () -> EpochsCsv.read(file)).hasMessageStartingWith(file + said);
    }
}
