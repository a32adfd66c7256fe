package io.numclip.runner.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.reliability.Campaign;
import io.numclip.reliability.LoggedFiles;
import io.numclip.reliability.LostPower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file of {@code predict --out --resume} with the power lost, the disk full or a read error after each operation of the
 * file system: the file is whole or not there, the state never tells of rows that are not, and the same command gives the rows
 * of the unbroken one, none missing and none twice.
 */
class LostRowsTest {

    private static final List<String> FAILURES = List.of("No space left on device", "Input/output error");
    private static final Map<String, String> SETTINGS = Map.of("models", "age-1");
    private static final long IMAGES = 8;
    private static final long KEPT_EACH = 4;
    private static final int WIDTH = 18_000; // more than the buffer, so that rows are written between two states too

    @TempDir
    Path folder;

    /** Tells after how many operations how many rows were promised to stay. */
    private final TreeMap<Integer, Long> promised = new TreeMap<>();

    /** Writes rows as the command does. */
    private interface Command {
        void run(Path out, LoggedFiles files) throws IOException;
    }

    private void predict(Path out, LoggedFiles files) throws IOException {
        if (RowFile.complete(out, SETTINGS).isPresent()) {
            return;
        }
        try (RowFile file = RowFile.open(out, true, SETTINGS, 1)) {
            if (file.isEmpty()) {
                file.writer().write("file,value\n");
            }
            for (long done = file.before().done() + 1; done <= IMAGES; done++) {
                file.writer().write(row(done));
                if (done % KEPT_EACH == 0) {
                    file.keep(count(done));
                    promised.put(files.log().size(), done);
                }
            }
            file.finish(count(IMAGES));
        }
    }

    private static String row(long image) {
        return image + "," + "7".repeat(WIDTH) + "\n";
    }

    private static Tally.Count count(long done) {
        return new Tally.Count(done, 0, 0, List.of(0L), done + ".png", "", 0);
    }

    private static Path rows(Path in) {
        return in.resolve("rows.csv");
    }

    private Path fresh(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** As a killed command leaves it: some rows are promised, and half a row lies behind them. */
    private Path begun(String name) throws IOException {
        Path begun = fresh(name);
        try (RowFile file = RowFile.open(rows(begun), true, SETTINGS, 1)) {
            file.writer().write("file,value\n" + row(1));
            file.keep(count(1));
        }
        Files.writeString(RowFile.part(rows(begun)), row(2).substring(0, WIDTH / 2), StandardOpenOption.APPEND);
        return begun;
    }

    private Map<String, String> unbroken() throws IOException {
        Path whole = fresh("unbroken");
        predict(rows(whole), new LoggedFiles());
        Map<String, String> content = content(whole);
        assertThat(content).containsOnlyKeys("rows.csv", "rows.csv.state");
        assertThat(content.get("rows.csv").lines()).hasSize((int) IMAGES + 1);
        return content;
    }

    @Test
    void afterLostPowerTheSameCommandGivesTheSameRows() throws IOException {
        Map<String, String> unbroken = unbroken();
        int states =
                everyState(fresh("new"), this::predict, unbroken) + everyState(begun("begun"), this::predict, unbroken);
        Campaign.figure("G2", "states of a disk after lost power in predict --resume", states);
        assertThat(states).isGreaterThan(200);
    }

    private int everyState(Path run, Command command, Map<String, String> unbroken) throws IOException {
        promised.clear();
        LostPower disk = new LostPower(run);
        LoggedFiles files = new LoggedFiles();
        command.run(rows(files.path(run)), files);
        TreeMap<Integer, Long> kept = new TreeMap<>(promised);
        int states = 0;
        for (int k = 0; k <= files.log().size(); k++) {
            if (k > 0) {
                disk.apply(files.log().get(k - 1));
            }
            for (LostPower.Pattern pattern : LostPower.Pattern.values()) {
                Path found = folder.resolve(run.getFileName() + "-" + k + "-" + pattern);
                disk.write(pattern, found);
                long least =
                        kept.headMap(k, true).isEmpty() ? 0 : kept.floorEntry(k).getValue();
                check(found, least, unbroken);
                states++;
            }
        }
        return states;
    }

    /** @param least how many rows must have stayed */
    private void check(Path found, long least, Map<String, String> unbroken) throws IOException {
        if (Files.exists(rows(found))) {
            assertThat(content(found)).as("%s", found).isEqualTo(unbroken);
        }
        Optional<OutputState> state = OutputState.read(rows(found));
        assertThat(state.map(each -> each.count().done()).orElse(0L))
                .as("rows that have stayed in %s", found)
                .isGreaterThanOrEqualTo(least);
        predict(rows(found), new LoggedFiles());
        assertThat(content(found)).as("%s, resumed", found).isEqualTo(unbroken);
    }

    /** The check would see a state that is written before its rows: a planted one. */
    @Test
    void aStateAheadOfItsRowsIsNoticed() throws IOException {
        Map<String, String> unbroken = unbroken();
        long whole = unbroken.get("rows.csv").length();
        Command planted = (out, files) -> {
            try (RowFile file = RowFile.open(out, true, SETTINGS, 1)) {
                for (long image = 2; image <= IMAGES; image++) {
                    file.writer().write(row(image));
                }
                new OutputState(SETTINGS, whole, count(IMAGES)).write(out);
                file.finish(count(IMAGES));
            }
        };
        assertThatThrownBy(() -> everyState(begun("planted"), planted, unbroken))
                .hasMessageContaining("rows.csv.part: expected " + whole + " bytes or more");
    }

    @Test
    void afterAFullDiskOrAnErrorTheFileIsNamedAndTheSameCommandGivesTheSameRows() throws IOException {
        Map<String, String> unbroken = unbroken();
        LoggedFiles counted = new LoggedFiles();
        predict(rows(counted.path(begun("counted"))), counted);
        int failures = 0;
        for (int k = 0; k < counted.log().size(); k++) {
            for (String failure : FAILURES) {
                failures += failed(k, failure, unbroken);
            }
        }
        Campaign.figure("G3", "operations of predict --resume that failed", failures);
        assertThat(failures).isGreaterThan(40);
    }

    /** @return whether the command has failed, as 0 or 1; where a failure costs nothing it need not */
    private int failed(int k, String failure, Map<String, String> unbroken) throws IOException {
        Path run = begun(k + " " + failure);
        LoggedFiles files = new LoggedFiles(k, failure);
        boolean thrown = false;
        try {
            predict(rows(files.path(run)), files);
        } catch (IOException e) {
            thrown = true;
            assertThat(e).hasMessageContaining(failure).hasMessageContaining("rows.csv");
        }
        assertThat(thrown || content(run).equals(unbroken))
                .as("operation %s fails in silence: %s", k, failure)
                .isTrue();
        check(run, 1, unbroken);
        return thrown ? 1 : 0;
    }

    private static Map<String, String> content(Path run) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (var files = Files.list(run)) {
            for (Path file : files.toList()) {
                content.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return content;
    }
}
