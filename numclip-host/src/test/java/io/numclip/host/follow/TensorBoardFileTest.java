package io.numclip.host.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardFileTest {

    @TempDir
    Path run;

    private final List<String> steps = List.of("1: 1.0", "2: 2.0", "3: 3.0");

    @Test
    void everyEpochIsAddedAsItComes() throws IOException {
        TensorBoardFile events = new TensorBoardFile(run);
        events.reached(TestingEpochs.first(1));
        Path file = onlyFile();
        assertThat(file.getFileName().toString()).matches("events\\.out\\.tfevents\\.\\d{10}\\.numclip");
        assertThat(losses()).containsExactly("1: 1.0");
        events.reached(TestingEpochs.first(2));
        events.reached(TestingEpochs.first(3));
        assertThat(onlyFile()).isEqualTo(file);
        assertThat(losses()).containsExactlyElementsOf(steps);
    }

    @Test
    void theTestFiguresStandAtTheBestEpoch() throws IOException {
        TensorBoardFile events = new TensorBoardFile(run);
        events.reached(TestingEpochs.first(3));
        events.ended(RunEnd.finished(2, Map.of("mae", 0.25)));
        assertThat(ReadEvents.of(onlyFile()).numbers("test/mae")).containsExactly("2: 0.25");
    }

    /** What was killed may have left half an event, and an epoch that is trained again. */
    @Test
    void aResumedRunHasEveryEpochOnce() throws IOException {
        new TensorBoardFile(run).reached(TestingEpochs.first(2));
        Path killed = onlyFile();
        byte[] whole = Files.readAllBytes(killed);
        Files.write(killed, Arrays.copyOf(whole, whole.length - 7));
        TensorBoardFile resumed = new TensorBoardFile(run);
        resumed.reached(TestingEpochs.first(1));
        resumed.reached(TestingEpochs.first(2));
        resumed.reached(TestingEpochs.first(3));
        assertThat(onlyFile()).isNotEqualTo(killed);
        assertThat(losses()).containsExactlyElementsOf(steps);
        assertThat(ReadEvents.of(onlyFile()).times("loss/total"))
                .as("when they were over, not when they were written again")
                .containsExactly(1893456001.0, 1893456002.0, 1893456003.0);
    }

    @Test
    void afterAFailureANewFileHasEverything() throws IOException {
        TensorBoardFile events = new TensorBoardFile(run);
        events.reached(TestingEpochs.first(1));
        Path file = onlyFile();
        Files.delete(file);
        assertThatIOException()
                .isThrownBy(() -> events.reached(TestingEpochs.first(2)))
                .withMessageStartingWith(
                        "TensorBoard does not see all of this training: its events cannot be written (");
        events.ended(RunEnd.broken(new CancellationException()));
        assertThat(losses()).containsExactly("1: 1.0", "2: 2.0");
    }

    private List<String> losses() throws IOException {
        return ReadEvents.of(onlyFile()).numbers("loss/total");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(run)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(1);
            return all.get(0);
        }
    }
}
