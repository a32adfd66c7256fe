package io.numclip.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainingLogTest {

    private static final String HEADER = "step,images,loss,seconds";

    @TempDir
    Path folder;

    @Test
    void goesOnAfterTheStepOfTheCheckpoint() throws IOException {
        Path file = folder.resolve("pretraining.csv");
        Files.writeString(
                file, HEADER + "\n50,3200,4.1000,10.0\n100,6400,4.0000,20.5\n150,9600,3.9000,30.0\n200,12800,3.");
        PretrainingLog log = PretrainingLog.open(file);
        log.resume(100);
        log.add(150, 9600, 3.8, 9.5);
        assertThat(Files.readAllLines(file))
                .containsExactly(HEADER, "50,3200,4.1000,10.0", "100,6400,4.0000,20.5", "150,9600,3.8000,30.0");
    }

    @Test
    void aTornHeaderIsWrittenAnew() throws IOException {
        Path file = folder.resolve("pretraining.csv");
        Files.writeString(file, "step,ima");
        PretrainingLog log = PretrainingLog.open(file);
        log.resume(0);
        assertThat(Files.readAllLines(file)).containsExactly(HEADER);
    }
}
