package io.numclip.host.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.numclip.host.TestingCatalog;
import io.numclip.host.config.ExperimentReader;
import io.numclip.host.config.Protocol;
import io.numclip.host.files.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CellFileTest {

    private static final Provenance BEFORE = new Provenance("data", "clip", "program");

    @TempDir
    Path folder;

    private Cell cell;

    @BeforeEach
    void write() throws IOException {
        cell = new Cell(
                new Cell.Table("brightness", 0, new Protocol.Shift(0, 1)),
                "numclip",
                1,
                "",
                false,
                new ExperimentReader(TestingCatalog.create(folder)).read("brightness", List.of()));
        new CellFile(folder, cell, BEFORE).write(TestingCells.result("NumCLIP", 1));
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        CellFile file = new CellFile(folder, cell, BEFORE);
        assertThat(file.read()).hasValueSatisfying(result -> {
            assertThat(result.predictions().errors()).containsExactly(1, 1, 1, 1);
            assertThat(result.trainedParameters()).isEqualTo(8);
        });
        assertThat(file.changes()).isEmpty();
    }

    @Test
    void whatAKilledWriterLeftOfItIsCleared() throws IOException {
        Path written;
        try (Stream<Path> files = Files.walk(folder.resolve("cells"))) {
            written = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Path left = Files.createFile(written.resolveSibling(written.getFileName() + "." + UUID.randomUUID() + ".part"));
        Path other = Files.createFile(written.resolveSibling("other.json." + UUID.randomUUID() + ".part"));
        new CellFile(folder, cell, BEFORE).write(TestingCells.result("NumCLIP", 1));
        assertThat(left).doesNotExist();
        assertThat(other).exists(); // another process may be writing it
    }

    @Test
    void ofOtherDataAnotherClipOrAnotherProgramThereIsNoResultAndItIsSaidWhy() throws IOException {
        assertOutdated(new Provenance("other", "clip", "program"), "the data (images or labels)");
        assertOutdated(new Provenance("data", "other", "program"), "the CLIP");
        assertOutdated(new Provenance("data", "clip", "other"), "the program");
        assertOutdated(new Provenance("other", "other", "program"), "the data (images or labels)", "the CLIP");
    }

    @Test
    void aTrialIsACellOfItsOwn() throws IOException {
        CellFile trial = new CellFile(folder, cell.asTrial(), BEFORE);
        assertThat(trial.read()).isEmpty();
        trial.write(TestingCells.trial("NumCLIP", 0.7));
        assertThat(trial.read()).hasValueSatisfying(result -> {
            assertThat(result.validationMae()).isEqualTo(0.7);
            assertThat(result.predictions().size()).isZero();
        });
    }

    private void assertOutdated(Provenance now, String... changes) throws IOException {
        CellFile file = new CellFile(folder, cell, now);
        assertThat(file.read()).isEmpty();
        assertThat(file.changes()).containsExactly(changes);
    }
}
