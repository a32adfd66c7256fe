package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * SIGTERM or Ctrl-C at a random moment of a command, from its first millisecond to its last: it ends soon, with the
 * promised code, says that it has stopped, and loses nothing.
 */
@Tag("campaign")
class StoppedCommandTest {

    private static final int MOST_FOR_HEARING = 4;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "train, 5, 200",
        "compare, 2, 50",
        "reproduce, 2, 50",
        "embed, 2, 50",
        "predict, 2, 50",
        "export model, 2, 50",
        "export onnx, 2, 50",
        "export adapter, 2, 50"
    })
    void endsSoonAndLosesNothing(String command, int few, int many) throws Exception {
        endsSoonAndLosesNothing(Work.of(command, folder.resolve("task")), Campaign.size(few, many));
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
