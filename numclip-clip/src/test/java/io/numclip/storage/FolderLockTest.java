package io.numclip.storage;

import static io.numclip.data.RefusalAssert.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.numclip.data.NumClipException;
import io.numclip.data.NumClipException.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    @TempDir
    private Path root;

    /** Takes a folder and keeps it until it is killed. */
    static final class OtherProcess {

        private OtherProcess() {}

        public static void main(String... arguments) throws IOException {
            try (FolderLock lock = FolderLock.take(Path.of(arguments[0]))) {
                System.out.println("taken " + lock.getClass());
                assertThatItWaits(System.in.read());
            }
        }

        private static void assertThatItWaits(int end) {
            if (end >= 0) {
                throw new IllegalStateException("expected no input");
            }
        }

        static Process start(Path folder) throws IOException {
            String classes = place(FolderLock.class) + java.io.File.pathSeparator + place(OtherProcess.class);
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Process process = new ProcessBuilder(
                            java.toString(), "-cp", classes, OtherProcess.class.getName(), folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            BufferedReader out = process.inputReader();
            assertThat(out.readLine()).startsWith("taken");
            return process;
        }

        private static Path place(Class<?> type) {
            return Path.of(URI.create(
                    type.getProtectionDomain().getCodeSource().getLocation().toString()));
        }
    }

    @Test
    void anotherProcessHasTheFolderUntilItEndsHoweverItEnds() throws Exception {
        Path folder = root.resolve("run");
        Process other = OtherProcess.start(folder);
        assertRefused(Kind.BUSY, () -> FolderLock.take(folder))
                .hasMessageMatching(
                        ".*run is in use by process " + other.pid() + " on \\S+ since \\d{4}-\\d\\d-\\d\\dT.*Z");
        other.destroyForcibly().waitFor();
        FolderLock.take(folder).close();
        assertThat(folder).as("not ours to delete").isEmptyDirectory();
    }

    @Test
    void failedAttemptOfTheSameProcessDoesNotFreeTheFolder() throws Exception {
        try (FolderLock lock = FolderLock.take(root)) {
            assertThatThrownBy(() -> FolderLock.take(root.resolve("../" + root.getFileName())))
                    .hasMessageContaining("this process");
            assertThatThrownBy(() -> OtherProcess.start(root)).isInstanceOf(AssertionError.class);
            assertThat(lock).isNotNull();
        }
        OtherProcess.start(root).destroyForcibly().waitFor();
    }

    @Test
    void freeFolderCanBeTakenAgain() throws IOException {
        FolderLock.take(root).close();
        FolderLock again = FolderLock.take(root);
        assertThat(AtomicFolder.list(root)).singleElement().matches(FolderLock::isLock);
        again.close();
        again.close();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFolderThatWasCreatedForNothingGoesAgain() throws IOException {
        FolderLock.take(root.resolve("a")).close();
        FolderLock.takeNew(root.resolve("b")).close();
        assertThat(root).isEmptyDirectory();
        assertThat(FolderLock.during(root.resolve("c"), () -> Files.createFile(root.resolve("c/file"))))
                .exists();
        assertThatThrownBy(() -> FolderLock.takeNew(root.resolve("c"))).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(AtomicFolder.list(root.resolve("c"))).containsExactly(root.resolve("c/file"));
    }

    @Test
    void oneOfManyThreadsHasTheFolder() throws Exception {
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        Callable<Boolean> often = () -> {
            for (int i = 0; i < 200; i++) {
                try (FolderLock lock = FolderLock.take(root)) {
                    assertThat(holders.incrementAndGet()).isOne();
                    assertThat(lock).isNotNull();
                    taken.incrementAndGet();
                    holders.decrementAndGet();
                } catch (NumClipException busy) {
                    assertThat(busy.kind()).isEqualTo(Kind.BUSY);
                }
            }
            return true;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Boolean>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ends.add(threads.submit(often));
        }
        for (Future<Boolean> end : ends) {
            assertThat(end.get()).isTrue();
        }
        threads.shutdown();
        assertThat(taken).hasPositiveValue();
    }

    @Test
    void whatAKilledWriterLeftIsPutInOrder() throws IOException {
        String id = "01234567-89ab-cdef-0123-456789abcdef";
        Files.writeString(Files.createDirectory(root.resolve(".model.old" + id)).resolve("a"), "old");
        Files.writeString(Files.createDirectory(root.resolve(".model.new" + id)).resolve("a"), "new");
        Files.writeString(root.resolve("metrics.json." + id + ".part"), "half");
        Files.writeString(root.resolve("notes.part"), "of the user");
        FolderLock.take(root).close();
        assertThat(AtomicFolder.list(root)).containsExactly(root.resolve("model"), root.resolve("notes.part"));
        assertThat(root.resolve("model/a")).hasContent("old");
    }

    @Test
    void folderThatWasReplacedStays() throws IOException {
        String id = "01234567-89ab-cdef-0123-456789abcdef";
        Files.writeString(
                Files.createDirectories(root.resolve("x/.model.old" + id)).resolve("a"), "old");
        Files.writeString(Files.createDirectory(root.resolve("x/model")).resolve("a"), "new");
        try (FolderLock lock = FolderLock.take(root)) {
            lock.recover("x");
            lock.recover("absent");
        }
        assertThat(AtomicFolder.list(root.resolve("x"))).containsExactly(root.resolve("x/model"));
        assertThat(root.resolve("x/model/a")).hasContent("new");
    }

    @Test
    void aFolderThatCannotBeMadeIsAnOutput() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> FolderLock.take(file.resolve("below"))).isInstanceOf(CannotCreateException.class);
    }

    @Test
    void whoWaitsGetsTheFolderWhenTheOtherHasDone() throws Exception {
        FolderLock other = FolderLock.take(root);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<String> waiting = thread.submit(() -> FolderLock.during(root, Duration.ofMinutes(1), () -> "mine"));
        assertThat(waiting.isDone()).isFalse();

        other.close();

        assertThat(waiting.get()).isEqualTo("mine");
        thread.shutdown();
    }
}
