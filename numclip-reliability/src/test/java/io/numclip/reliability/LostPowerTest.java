package io.numclip.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.reliability.LoggedFiles.Operation;
import io.numclip.storage.AtomicFile;
import io.numclip.storage.AtomicFolder;
import io.numclip.storage.FolderLock;
import io.numclip.storage.Seal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saves of all kinds with the power lost, the disk full or a read error after each operation of the file system: what is
 * found afterwards is whole, old or new.
 */
class LostPowerTest {

    private static final List<String> FAILURES = List.of("No space left on device", "Input/output error");

    /** Writes a new state into a folder. */
    private interface Save {
        void into(Path folder) throws IOException;
    }

    private static final Map<String, Save> SAVES = saves();

    @TempDir
    Path folder;

    private static Map<String, Save> saves() {
        Map<String, Save> saves = new LinkedHashMap<>();
        saves.put("file", run -> AtomicFile.write(run.resolve("metrics.json"), content(9, 3_000)));
        saves.put("folder", run -> AtomicFolder.write(run.resolve("model"), LostPowerTest::model));
        saves.put(
                "changed folder",
                run -> AtomicFolder.change(run.resolve("model"), model -> {
                    AtomicFile.write(model.resolve("calibration.json"), content(7, 500));
                    Seal.include(model, "calibration.json");
                }));
        saves.put("new folder", run -> AtomicFolder.write(run.resolve("checkpoint"), LostPowerTest::model));
        return saves;
    }

    private static void model(Path model) throws IOException {
        Files.write(model.resolve("model.safetensors"), content(8, 20_000));
        AtomicFile.write(model.resolve("numclip.json"), content(8, 700));
        Seal.put(model);
    }

    private static byte[] content(int value, int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private Path before(String name) throws IOException {
        Path run = Files.createDirectories(folder.resolve(name));
        Files.write(run.resolve("metrics.json"), content(1, 2_000));
        Path model = Files.createDirectory(run.resolve("model"));
        Files.write(model.resolve("model.safetensors"), content(2, 10_000));
        Files.write(model.resolve("numclip.json"), content(2, 600));
        Files.write(model.resolve("calibration.json"), content(2, 400));
        Seal.put(model);
        return run;
    }

    @Test
    void afterLostPowerEverythingIsOldOrNew() throws IOException {
        int states = 0;
        for (Map.Entry<String, Save> save : SAVES.entrySet()) {
            Path run = before(save.getKey());
            Map<String, String> old = content(run);
            LostPower disk = new LostPower(run);
            LoggedFiles files = new LoggedFiles();
            save.getValue().into(files.path(run));
            Map<String, String> fresh = content(run);
            assertThat(files.log()).hasSizeGreaterThan(3);
            assertThat(fresh).isNotEqualTo(old);
            states += everyState(save.getKey(), disk, files.log(), old, fresh);
        }
        Campaign.figure("G2", "states of a disk after lost power, old or new", states);
        assertThat(states).isGreaterThan(100);
    }

    private int everyState(
            String save, LostPower disk, List<Operation> log, Map<String, String> old, Map<String, String> fresh)
            throws IOException {
        int states = 0;
        for (int k = 0; k <= log.size(); k++) {
            if (k > 0) {
                disk.apply(log.get(k - 1));
            }
            for (LostPower.Pattern pattern : LostPower.Pattern.values()) {
                Path found = folder.resolve("disk-" + save + "-" + k + "-" + pattern);
                disk.write(pattern, found);
                assertThat(recovered(found))
                        .as("%s, after %s operations, what was not forced is %s: %s", save, k, pattern, log)
                        .isIn(old, fresh);
                states++;
            }
        }
        disk.write(LostPower.Pattern.LOST, folder.resolve("end-" + save));
        assertThat(recovered(folder.resolve("end-" + save)))
                .as("%s is durable when it returns", save)
                .isEqualTo(fresh);
        return states;
    }

    /** The check would see a writer that does not force: a planted one. */
    @Test
    void aWriterThatDoesNotForceIsNoticed() throws IOException {
        Path run = before("planted");
        Map<String, String> old = content(run);
        LostPower disk = new LostPower(run);
        LoggedFiles files = new LoggedFiles();
        Path logged = files.path(run);
        Files.write(logged.resolve("metrics.json.part"), content(9, 3_000));
        Files.move(
                logged.resolve("metrics.json.part"),
                logged.resolve("metrics.json"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> everyState("planted", disk, files.log(), old, content(run)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void afterAFullDiskOrAnErrorEverythingIsOldOrNewAndTheFileIsNamed() throws IOException {
        int failures = 0;
        for (Map.Entry<String, Save> save : SAVES.entrySet()) {
            LoggedFiles counted = new LoggedFiles();
            save.getValue().into(counted.path(before(save.getKey() + " counted")));
            Map<String, String> fresh = content(folder.resolve(save.getKey() + " counted"));
            for (int k = 0; k < counted.log().size(); k++) {
                for (String failure : FAILURES) {
                    failures += failed(save, k, failure, fresh);
                }
            }
        }
        Campaign.figure("G3", "operations that failed", failures);
        assertThat(failures).isGreaterThan(40);
    }

    /** The check would see a writer that keeps an error to itself: a planted one. */
    @Test
    void aFailureThatNobodyReportsIsNoticed() throws IOException {
        Save silent = run -> {
            try {
                AtomicFile.write(run.resolve("metrics.json"), content(9, 3_000));
            } catch (IOException swallowed) {
                return;
            }
        };
        LoggedFiles counted = new LoggedFiles();
        silent.into(counted.path(before("counted")));
        Map<String, String> fresh = content(folder.resolve("counted"));
        assertThatThrownBy(() -> {
                    for (int k = 0; k < counted.log().size(); k++) {
                        failed(Map.entry("silent", silent), k, FAILURES.get(0), fresh);
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("fails in silence");
    }

    /** @return whether the save has failed, as 0 or 1; where a failure costs nothing it need not */
    private int failed(Map.Entry<String, Save> save, int k, String failure, Map<String, String> fresh)
            throws IOException {
        Path run = before(save.getKey() + " " + k + " " + failure.charAt(0));
        Map<String, String> old = content(run);
        boolean thrown = false;
        try {
            save.getValue().into(new LoggedFiles(k, failure).path(run));
        } catch (IOException e) {
            thrown = true;
            assertThat(e).hasMessageContaining(failure).hasMessageContaining(run.toString());
        }
        assertThat(recovered(run))
                .as("%s, operation %s: %s", save.getKey(), k, failure)
                .isIn(old, fresh);
        assertThat(thrown || content(run).equals(fresh))
                .as("%s, operation %s fails in silence", save.getKey(), k)
                .isTrue();
        return thrown ? 1 : 0;
    }

    private static Map<String, String> recovered(Path run) throws IOException {
        try (FolderLock lock = FolderLock.take(run)) {
            lock.recover("");
        }
        for (String sealed : List.of("model", "checkpoint")) {
            if (Files.exists(run.resolve(sealed))) {
                assertThat(Seal.differences(run.resolve(sealed), Seal.Digest.READING))
                        .isEmpty();
            }
        }
        return content(run);
    }

    private static Map<String, String> content(Path run) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                content.put(run.relativize(file).toString(), bytes.length + " bytes " + Arrays.hashCode(bytes));
            }
        }
        return content;
    }
}
