package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM or Ctrl-C at a random moment of a command, from its first millisecond to its last: it ends soon, with the
 * promised code, says that it has stopped, and loses nothing.
 */
@Tag("campaign")
class StoppedCommandTest {

    private static final int MOST_FOR_HEARING = 4;

    @TempDir
    Path folder;

    @Test
    void train() throws Exception {
        endsSoonAndLosesNothing(Work.train(folder.resolve("task")), Campaign.size(5, 200));
    }

    @Test
    void compare() throws Exception {
        endsSoonAndLosesNothing(Work.compare(folder.resolve("task")), Campaign.size(2, 50));
    }

    @Test
    void reproduce() throws Exception {
        endsSoonAndLosesNothing(Work.reproduce(), Campaign.size(2, 50));
    }

    @Test
    void embed() throws Exception {
        endsSoonAndLosesNothing(Work.embed(folder.resolve("task")), Campaign.size(2, 50));
    }

    @Test
    void predict() throws Exception {
        endsSoonAndLosesNothing(Work.predict(folder.resolve("task")), Campaign.size(2, 50));
    }

    @Test
    void exportModel() throws Exception {
        endsSoonAndLosesNothing(Work.exportModel(folder.resolve("task")), Campaign.size(2, 50));
    }

    @Test
    void exportOnnx() throws Exception {
        endsSoonAndLosesNothing(Work.exportOnnx(folder.resolve("task")), Campaign.size(2, 50));
    }

    @Test
    void exportAdapter() throws Exception {
        endsSoonAndLosesNothing(Work.exportAdapter(folder.resolve("task")), Campaign.size(2, 50));
    }

    /** The check would see a program that does not hear signals: the same one, deaf. */
    @Test
    void aSignalThatIsIgnoredIsNoticed() throws Exception {
        Work deaf = Work.embed(folder.resolve("task")).with(Program::deaf);
        assertThatThrownBy(() -> endsSoonAndLosesNothing(deaf, 1)).hasMessageContaining("codes of");
    }

    /** The check would see a program that ends without a word: the same one, with signals left to the system. */
    @Test
    void anEndWithoutAWordIsNoticed() throws Exception {
        Work silent = Work.train(folder.resolve("task")).with(program -> program.withOption("-Xrs"));
        assertThatThrownBy(() -> endsSoonAndLosesNothing(silent, 30)).hasMessageContaining("says nothing");
    }

    private void endsSoonAndLosesNothing(Work work, int wanted) throws Exception {
        BrokenOff command = new BrokenOff(work, folder);
        Map<String, String> unbroken = command.unbroken(1);
        while (command.signals < wanted || !command.wasHeard() && command.signals < MOST_FOR_HEARING * wanted) {
            assertThat(FolderDigests.differences(command.signalled(1, unbroken), unbroken))
                    .as("run %s", command.runs())
                    .isEmpty();
        }
        assertThat(command.wasHeard())
                .as("codes of %s signals", command.signals)
                .isTrue();
        String of = " (" + work.command() + ")";
        Campaign.figure("G4", "signals" + of, command.signals);
        Campaign.figure("G4", "runs that ended as the unbroken one" + of, command.runs());
        Campaign.figure("G4", "most seconds from signal to end" + of, command.longest);
    }
}
