package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A command that is killed again and again, many times inside a write, and given again each time: what it has written in
 * the end is what the unbroken command writes, byte for byte but for measured times, and nothing is left over.
 */
@Tag("campaign")
class KilledCommandTest {

    private static final int MOST_FOR_AIM = 4;

    @TempDir
    Path folder;

    /** So many kills in a short campaign and in a long one, and so many seeds in the latter. */
    @ParameterizedTest
    @CsvSource({
        "train, 5, 1000, 20",
        "compare, 2, 100, 2",
        "reproduce, 2, 100, 2",
        "embed, 2, 100, 2",
        "predict, 2, 200, 2",
        "export model, 2, 100, 2",
        "export onnx, 2, 100, 2",
        "export adapter, 2, 100, 2"
    })
    void endsAsTheUnbroken(String command, int few, int many, int seeds) throws Exception {
        Work work = Work.of(command, folder.resolve("task"));
        endsAsTheUnbroken(work, Campaign.size(few, many), Campaign.seeds(1, seeds));
    }

    /** The check would see a command that trusts what a killed one has left: a planted one. */
    @Test
    void aTornWriteIsNoticed() {
        assertThatThrownBy(() -> endsAsTheUnbroken(Work.torn(), 20, List.of(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("result");
    }

    private void endsAsTheUnbroken(Work work, int wanted, List<Integer> seeds) throws Exception {
        BrokenOff command = new BrokenOff(work, folder);
        Map<String, String> last = Map.of();
        for (int seed : seeds) {
            Map<String, String> unbroken = command.unbroken(seed);
            assertThat(unbroken).as("another seed is seen").isNotEqualTo(last).isNotEmpty();
            last = unbroken;
            int enough = wanted * (seeds.indexOf(seed) + 1) / seeds.size();
            while (command.kills < enough || !isWellAimed(command) && command.kills < MOST_FOR_AIM * enough) {
                assertThat(FolderDigests.differences(command.killed(seed), unbroken))
                        .as("seed %s, run %s", seed, command.runs())
                        .isEmpty();
            }
        }
        String of = " (" + work.command() + ")";
        Campaign.figure("G1", "kills" + of, command.kills);
        Campaign.figure("G1", "of them inside a write" + of, command.inWrites);
        Campaign.figure("G1", "of them inside a write of the cache" + of, command.inCacheWrites);
        Campaign.figure("G1", "runs that ended as the unbroken one" + of, command.runs());
        assertThat(isWellAimed(command))
                .as("%s of %s kills fell inside a write", command.inWrites, command.kills)
                .isTrue();
    }

    /** Where they fall is chance on a busy machine: kills go on until three of ten were inside a write. */
    private static boolean isWellAimed(BrokenOff command) {
        return 10 * command.inWrites > 3 * command.kills;
    }
}
